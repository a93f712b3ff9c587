package io.weir.topology.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.topic.Topics;
import io.weir.schemas.CampaignBudget;
import io.weir.schemas.MerchantBudget;
import io.weir.topology.cli.ControlBroker.Written;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Budgets from a file into their topic, on a real broker. Each test has a topic of its own, by its prefix. */
class BudgetsApplyTest {

    private static final String LUNCH_AND_DINNER = """
            merchants:
              - merchant_id: m-17
                currency: IDR
                time_zone: Asia/Jakarta
                daily_cap: 1500000
                cpc: 250.5
                cpm: 4000
                cpcv: 0.000001
                effective_from: 2026-11-22T08:00:00.001Z
                version: 7
                campaigns:
                  lunch: {daily_cap: 400000, cpc: 300}
              - merchant_id: käse|1
                currency: EUR
                time_zone: Europe/Paris
            """;

    private static ControlBroker broker;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        broker = new ControlBroker("mock://budgets-apply");
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void everyMerchantIsOneRecordUnderItsId() throws IOException {
        broker.prepare("a.", Topics.BUDGETS);
        long before = System.currentTimeMillis();

        Output output = broker.weir("a.", "budgets", "apply", file(LUNCH_AND_DINNER));

        long after = System.currentTimeMillis();
        List<Written<MerchantBudget>> written = broker.read("a.", Topics.BUDGETS);
        assertThat(written).extracting(Written::key).containsExactly("m-17", "käse|1");
        assertThat(written.get(0).value())
                .isEqualTo(new MerchantBudget(
                        "m-17",
                        "IDR",
                        "Asia/Jakarta",
                        1_500_000_000_000L,
                        250_500_000L,
                        4_000_000_000L,
                        1L,
                        Map.of("lunch", new CampaignBudget(400_000_000_000L, 300_000_000L, null, null)),
                        7L,
                        Instant.parse("2026-11-22T08:00:00.001Z")));
        long version = written.get(1).value().getVersion();
        assertThat(version).isBetween(before, after);
        assertThat(written).extracting(Written::timestamp).containsOnly(version);
        assertThat(written.get(1).value())
                .isEqualTo(new MerchantBudget(
                        "käse|1", "EUR", "Europe/Paris", null, null, null, null, Map.of(), version, null));
        assertThat(output)
                .isEqualTo(new Output(
                        0, """
                        m-17  version 7  from 2026-11-22T08:01:00Z  IDR, days of Asia/Jakarta, daily cap 1500000, cpc 250.5, cpm 4000, cpcv 0.000001, 1 campaign
                        käse|1  version %d  from %s  EUR, days of Europe/Paris, no daily cap
                        2 budgets written to a.adspend.budgets
                        """.formatted(version, nextMinute(version)).replace("\n", System.lineSeparator()), ""));
    }

    @Test
    void budgetsThatAreAppliedAgainAreNewVersions() throws IOException {
        broker.prepare("b.", Topics.BUDGETS);
        String file = file("merchants: [{merchant_id: m-1, currency: EUR, time_zone: UTC}]");

        Output first = broker.weir("b.", "budgets", "apply", file);
        Output second = broker.weir("b.", "budgets", "apply", file);

        assertThat(first.exitCode()).isZero();
        assertThat(second.exitCode()).isZero();
        assertThat(second.out()).endsWith("1 budget written to b.adspend.budgets%n".formatted());
        List<Written<MerchantBudget>> written = broker.read("b.", Topics.BUDGETS);
        assertThat(written).extracting(Written::key).containsExactly("m-1", "m-1");
        assertThat(written.get(1).value().getVersion())
                .isGreaterThan(written.get(0).value().getVersion());
    }

    @Test
    void dryRunSendsNothing() throws IOException {
        broker.prepare("c.", Topics.BUDGETS);

        Output output = broker.weir("c.", "budgets", "apply", file(LUNCH_AND_DINNER), "--dry-run");

        assertThat(output.exitCode()).isZero();
        assertThat(output.err()).isEmpty();
        assertThat(output.out())
                .startsWith("m-17  version 7  from 2026-11-22T08:01:00Z  IDR, ")
                .endsWith("2 budgets checked, none written (--dry-run)%n".formatted());
        assertThat(broker.read("c.", Topics.BUDGETS)).isEmpty();
    }

    @Test
    void dryRunNeedsNoBroker() throws IOException {
        Output output = Output.of(
                "budgets",
                "apply",
                file(LUNCH_AND_DINNER),
                "--dry-run",
                "--set",
                "weir.kafka.bootstrap-servers=127.0.0.1:1");

        assertThat(output.exitCode()).isZero();
    }

    @Test
    void mistakesAreOneLineEachAndNothingIsSent() throws IOException {
        broker.prepare("d.", Topics.BUDGETS);
        String file =
                file(LUNCH_AND_DINNER.replace("Asia/Jakarta", "Asia/Jakrta").replace("cpc: 300", "cpx: 300"));

        Output output = broker.weir("d.", "budgets", "apply", file);

        assertThat(output)
                .isEqualTo(new Output(
                        2,
                        "",
                        ("weir: %1$s:4:16: time_zone: expected an IANA time zone such as Asia/Jakarta, found \"Asia/Jakrta\".%n"
                                        + "weir: %1$s:12:34: campaigns.lunch.cpx: there is no such key; did you mean cpc?%n")
                                .formatted(file)));
        assertThat(broker.read("d.", Topics.BUDGETS)).isEmpty();
    }

    @Test
    void topicThatIsNotThereIsNamedWithTheCommandThatMakesIt() throws IOException {
        Output output = broker.weir("e.", "budgets", "apply", file(LUNCH_AND_DINNER));

        assertThat(output)
                .isEqualTo(new Output(
                        1,
                        "",
                        "weir: The broker at %s has no topic e.adspend.budgets: run \"weir topics create\" with the same settings.%n"
                                .formatted(broker.bootstrapServers())));
    }

    @Test
    void schemaThatIsNotRegisteredIsNamedAndNothingIsSent() throws IOException {
        broker.createTopic("f.", Topics.BUDGETS, Map.of());

        Output output = broker.weir("f.", "budgets", "apply", file(LUNCH_AND_DINNER));

        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.err()).contains("f.adspend.budgets-value").hasLineCount(1);
        assertThat(output.out()).isEmpty();
        assertThat(broker.read("f.", Topics.BUDGETS)).isEmpty();
    }

    @Test
    void recordThatTheTopicDoesNotTakeIsAFailureThatSaysWhatIsThere() throws IOException {
        broker.createTopic("g.", Topics.BUDGETS, Map.of("max.message.bytes", "300"));
        broker.register("g.");
        String large = "merchants: [{merchant_id: m-1, currency: EUR, time_zone: UTC, campaigns: {%s: {}, %s: {}}}]"
                .formatted("a".repeat(250), "b".repeat(250));

        Output output = broker.weir("g.", "budgets", "apply", file(large));

        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.out()).isEmpty();
        assertThat(output.err())
                .startsWith("weir: 0 of 1 records were written to g.adspend.budgets (")
                .hasLineCount(1);
    }

    @Test
    void brokerThatIsNotThereIsNamed() throws IOException {
        Output output = Output.of(
                "budgets",
                "apply",
                file(LUNCH_AND_DINNER),
                "--set",
                "weir.kafka.bootstrap-servers=127.0.0.1:1",
                "--set",
                "weir.kafka.start-timeout=1s");

        assertThat(output)
                .isEqualTo(new Output(
                        1,
                        "",
                        "weir: No broker answers at 127.0.0.1:1 within 1000 ms: check that it runs, and weir.kafka.bootstrap-servers.%n"
                                .formatted()));
    }

    @Test
    void fileMustBeThereAndBeAFileOfAtMost16Mebibytes() throws IOException {
        Path gone = directory.resolve("gone.yaml");
        Path large = directory.resolve("large.yaml");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(16 * 1024 * 1024 + 1);
        }

        assertThat(Output.of("budgets", "apply", gone.toString()))
                .isEqualTo(new Output(2, "", "weir: %s: there is no such file.%n".formatted(gone)));
        assertThat(Output.of("budgets", "apply", directory.toString()))
                .isEqualTo(new Output(
                        2, "", "weir: %s: expected a file of budgets, found a directory.%n".formatted(directory)));
        assertThat(Output.of("budgets", "apply", large.toString()))
                .isEqualTo(new Output(2, "", "weir: %s: expected at most 16 MiB, found more.%n".formatted(large)));
    }

    @Test
    void groupNeedsACommandAndTheCommandHasHelp() {
        Output group = Output.of("budgets");
        Output help = Output.of("budgets", "apply", "--help");

        assertThat(group)
                .isEqualTo(new Output(
                        2,
                        "",
                        "weir: Missing command after \"weir budgets\": expected one of apply; see \"weir budgets --help\".%n"
                                .formatted()));
        assertThat(help.exitCode()).isZero();
        assertThat(help.out())
                .startsWith("Usage: weir budgets apply")
                .contains("--dry-run", "--config=FILE", "--set=KEY=VALUE", "--help");
    }

    private String file(String yaml) throws IOException {
        return Files.writeString(directory.resolve("budgets.yaml"), yaml).toString();
    }

    private static Instant nextMinute(long millis) {
        return Instant.ofEpochMilli(millis + 59_999).truncatedTo(ChronoUnit.MINUTES);
    }
}
