package io.weir.topology.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.serde.Schemas;
import io.weir.topology.cli.CommandLines;
import io.weir.topology.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Control topics of a batch, which are filled before any feature runs. */
class BatchBudgetsTest {

    @TempDir
    Path directory;

    private Path events;

    @BeforeAll
    static void trustOurClasses() {
        Schemas.trust();
    }

    @BeforeEach
    void writeEvents() throws IOException {
        events = Files.writeString(directory.resolve("one.ndjson"), """
                {"type":"track","event":"Ad Clicked","messageId":"c-1","anonymousId":"v-1","timestamp":"2026-01-05T08:00:00Z",\
                "properties":{"merchant_id":"m-1"}}
                """);
    }

    @Test
    void budgetsAreInTheirTopicWithVersion1UnlessTheFileSaysOtherwise() throws IOException {
        Path budgets = Files.writeString(directory.resolve("budgets.yaml"), """
                merchants:
                  - {merchant_id: m-2, currency: EUR, time_zone: UTC, cpc: 0.35, version: 9, effective_from: 2026-01-05T00:00:00Z}
                  - {merchant_id: m-1, currency: USD, time_zone: UTC, daily_cap: 100, campaigns: {a: {cpc: 1}}}
                """);

        Result result = batch("--budgets", budgets.toString(), "--rules", "none");

        assertThat(result).isEqualTo(new Result(0, ""));
        assertThat(Files.readAllLines(out().resolve("adspend.budgets.ndjson")))
                .containsExactly(
                        "{\"merchant_id\":\"m-1\",\"currency\":\"USD\",\"time_zone\":\"UTC\",\"daily_cap_micros\":100000000,"
                                + "\"cpc_micros\":null,\"cpm_micros\":null,\"cpcv_micros\":null,\"campaigns\":{\"a\":{"
                                + "\"daily_cap_micros\":null,\"cpc_micros\":1000000,\"cpm_micros\":null,\"cpcv_micros\":null}},"
                                + "\"version\":1,\"effective_from\":null}",
                        "{\"merchant_id\":\"m-2\",\"currency\":\"EUR\",\"time_zone\":\"UTC\",\"daily_cap_micros\":null,"
                                + "\"cpc_micros\":350000,\"cpm_micros\":null,\"cpcv_micros\":null,\"campaigns\":{},"
                                + "\"version\":9,\"effective_from\":\"2026-01-05T00:00:00.000Z\"}");
    }

    @Test
    void prefixOfTopicsHoldsInABatchToo() throws IOException {
        Path budgets = Files.writeString(
                directory.resolve("budgets.yaml"), "merchants: [{merchant_id: m-1, currency: USD, time_zone: UTC}]");

        Result result = batch("--budgets", budgets.toString(), "--set", "weir.topic-prefix=shop.");

        assertThat(result).isEqualTo(new Result(0, ""));
        assertThat(Files.readAllLines(out().resolve("adspend.budgets.ndjson"))).hasSize(1);
        assertThat(Files.readAllLines(out().resolve("events.clicks.ndjson"))).hasSize(1);
    }

    @Test
    void mistakesInTheBudgetsAreSaidBeforeAnythingStarts() throws IOException {
        Path budgets = Files.writeString(directory.resolve("budgets.yaml"), """
                merchants:
                  - {merchant_id: m-1, currency: EURO, time_zone: Paris}
                """);

        Result result = batch("--budgets", budgets.toString());

        assertThat(result)
                .isEqualTo(new Result(
                        2,
                        ("weir: %1$s:2:34: currency: expected a code of ISO 4217 such as IDR, found \"EURO\".%n"
                                        + "weir: %1$s:2:51: time_zone: expected an IANA time zone such as Asia/Jakarta, found \"Paris\".%n")
                                .formatted(budgets)));
        assertThat(out()).doesNotExist();
    }

    @Test
    void missingBudgetsAreNamed() {
        Path budgets = directory.resolve("gone.yaml");

        assertThat(batch("--budgets", budgets.toString()))
                .isEqualTo(new Result(2, "weir: %s: there is no such file.%n".formatted(budgets)));
        assertThat(out()).doesNotExist();
    }

    @Test
    void missingRulesAreNamed() {
        Path rules = directory.resolve("gone.yaml");

        assertThat(batch("--rules", rules.toString()))
                .isEqualTo(new Result(2, "weir: %s: there is no such file.%n".formatted(rules)));
        assertThat(out()).doesNotExist();
    }

    private Result batch(String... options) {
        List<String> args = new ArrayList<>(List.of("batch", events.toString(), "--out", out().toString()));
        args.addAll(List.of(options));
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), false);
        return new Result(CommandLines.execute(terminal, args.toArray(String[]::new)), err.toString());
    }

    private Path out() {
        return directory.resolve("out");
    }

    private record Result(int exitCode, String err) {}
}
