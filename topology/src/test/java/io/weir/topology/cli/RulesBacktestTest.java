package io.weir.topology.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.serde.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recorded events through two sets of rules, on a real broker. */
class RulesBacktestTest {

    @TempDir
    private Path folder;

    @BeforeAll
    static void trustOurClasses() {
        Schemas.trust();
    }

    /** Of five clicks in five seconds today's rule allows three, the candidate's one. */
    @Test
    void rulesStandSideBySideWithTheirMoneyAndWhatTheyFound() throws IOException {
        StringBuilder events = new StringBuilder();
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            events.append("""
                    {"type":"track","event":"Ad Clicked","messageId":"c%d","anonymousId":"v","timestamp":"2026-05-01T10:00:0%dZ",\
                    "properties":{"merchant_id":"m","ad_id":"a"}}
                    """.formatted(i, i));
            labels.append("""
                    {"event_id":"c%d","kind":"click","visitor_id":"v","made":"%s"}
                    """.formatted(i, i < 1 ? "HONEST" : "FLOOD"));
        }
        // A kind without any fraud, of which something was found all the same.
        labels.append("{\"event_id\":\"c4\",\"kind\":\"video\",\"visitor_id\":\"v\",\"made\":\"HONEST\"}\n");
        Path recorded = Files.writeString(folder.resolve("events.ndjson"), events);
        Path truth = Files.writeString(folder.resolve("labels.ndjson"), labels);
        Path budgets = Files.writeString(
                folder.resolve("budgets.yaml"),
                "merchants: [{merchant_id: m, currency: EUR, time_zone: UTC, cpc: 0.25, daily_cap: 0.75}]");

        Output output = Output.of(
                "rules",
                "backtest",
                rule("candidate", 1).toString(),
                recorded.toString(),
                "--today",
                rule("today", 3).toString(),
                "--labels",
                truth.toString(),
                "--budgets",
                budgets.toString());

        assertThat(output.exitCode()).as(output.err()).isZero();
        assertThat(output.out().lines().map(line -> line.strip().replaceAll(" {2,}", "  ")))
                .containsExactly(
                        "",
                        "alerts  today  candidate",
                        "clicks  1  1",
                        "",
                        "invalid events  today  candidate",
                        "clicks  2  4",
                        "all rules together  2  4",
                        "",
                        // Of 1.25 EUR the cap absorbs 0.50: three valid clicks cost as much as five, and one 0.50 less.
                        "credited because of verdicts  today  candidate",
                        "m  0.00 EUR  0.50 EUR",
                        "all merchants  0.00 EUR  0.50 EUR",
                        "",
                        "found of what the events were  events  today  candidate",
                        "click, FLOOD  4  2  4",
                        "click, HONEST  1  0  0",
                        "video, HONEST  1  1  1",
                        "precision, click  100.0 %  100.0 %",
                        "recall, click  50.0 %  100.0 %",
                        "precision, video  0.0 %  0.0 %",
                        "recall, video  -  -");
    }

    private Path rule(String name, int moreThan) throws IOException {
        return Files.writeString(folder.resolve(name + ".yaml"), """
                rules:
                  - id: clicks
                    kind: velocity
                    on: [click]
                    group_by: [visitor, ad]
                    limits: [{more_than: %d, in: 1m}]
                    severity: medium
                    route: clicks
                    action: invalidate
                """.formatted(moreThan));
    }

    @Test
    void aLineThatIsNoLabelIsSaidInOneSentence() throws IOException {
        Path recorded = Files.writeString(folder.resolve("events.ndjson"), "{}\n");

        Path labels = Files.writeString(folder.resolve("labels.ndjson"), "{\"event_id\":\"e\"}\n");

        Output output = Output.of(
                "rules",
                "backtest",
                rule("candidate", 1).toString(),
                recorded.toString(),
                "--labels",
                labels.toString());

        assertThat(output.exitCode()).isEqualTo(2);
        assertThat(output.err())
                .isEqualToIgnoringNewLines(
                        "weir: " + labels + ":1: expected a label with event_id, kind, visitor_id, made.");
    }
}
