package io.weir.topology.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.serde.AvroSerdes;
import io.weir.core.serde.SchemaRegistry;
import io.weir.core.serde.Schemas;
import io.weir.core.topic.Topics;
import io.weir.embedded.EmbeddedBroker;
import io.weir.schemas.CampaignBudget;
import io.weir.schemas.MerchantBudget;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Budgets from a file into their topic, on a real broker. Each test has a topic of its own, by its prefix. */
class BudgetsApplyTest {

    private static final String REGISTRY = "mock://budgets-apply";
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

    private static EmbeddedBroker broker;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        Schemas.trust();
        broker = EmbeddedBroker.builder().start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void everyMerchantIsOneRecordUnderItsId() throws IOException {
        prepare("a.");
        long before = System.currentTimeMillis();

        Output output = weir("a.", "budgets", "apply", file(LUNCH_AND_DINNER));

        long after = System.currentTimeMillis();
        List<Written> written = read("a.adspend.budgets");
        assertThat(written).extracting(Written::key).containsExactly("m-17", "käse|1");
        assertThat(written.get(0).budget())
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
        long version = written.get(1).budget().getVersion();
        assertThat(version).isBetween(before, after);
        assertThat(written).extracting(Written::timestamp).containsOnly(version);
        assertThat(written.get(1).budget())
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
        prepare("b.");
        String file = file("merchants: [{merchant_id: m-1, currency: EUR, time_zone: UTC}]");

        Output first = weir("b.", "budgets", "apply", file);
        Output second = weir("b.", "budgets", "apply", file);

        assertThat(first.exitCode()).isZero();
        assertThat(second.exitCode()).isZero();
        assertThat(second.out()).endsWith("1 budget written to b.adspend.budgets%n".formatted());
        List<Written> written = read("b.adspend.budgets");
        assertThat(written).extracting(Written::key).containsExactly("m-1", "m-1");
        assertThat(written.get(1).budget().getVersion())
                .isGreaterThan(written.get(0).budget().getVersion());
    }

    @Test
    void dryRunSendsNothing() throws IOException {
        prepare("c.");

        Output output = weir("c.", "budgets", "apply", file(LUNCH_AND_DINNER), "--dry-run");

        assertThat(output.exitCode()).isZero();
        assertThat(output.err()).isEmpty();
        assertThat(output.out())
                .startsWith("m-17  version 7  from 2026-11-22T08:01:00Z  IDR, ")
                .endsWith("2 budgets checked, none written (--dry-run)%n".formatted());
        assertThat(read("c.adspend.budgets")).isEmpty();
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
        prepare("d.");
        String file =
                file(LUNCH_AND_DINNER.replace("Asia/Jakarta", "Asia/Jakrta").replace("cpc: 300", "cpx: 300"));

        Output output = weir("d.", "budgets", "apply", file);

        assertThat(output)
                .isEqualTo(new Output(
                        2,
                        "",
                        ("weir: %1$s:4:16: time_zone: expected an IANA time zone such as Asia/Jakarta, found \"Asia/Jakrta\".%n"
                                        + "weir: %1$s:12:34: campaigns.lunch.cpx: there is no such key; did you mean cpc?%n")
                                .formatted(file)));
        assertThat(read("d.adspend.budgets")).isEmpty();
    }

    @Test
    void topicThatIsNotThereIsNamedWithTheCommandThatMakesIt() throws IOException {
        Output output = weir("e.", "budgets", "apply", file(LUNCH_AND_DINNER));

        assertThat(output)
                .isEqualTo(new Output(
                        1,
                        "",
                        "weir: The broker at %s has no topic e.adspend.budgets: run \"weir topics create\" with the same settings.%n"
                                .formatted(broker.bootstrapServers())));
    }

    @Test
    void schemaThatIsNotRegisteredIsNamedAndNothingIsSent() throws IOException {
        broker.createTopics(Map.of("f.adspend.budgets", 1));

        Output output = weir("f.", "budgets", "apply", file(LUNCH_AND_DINNER));

        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.err()).contains("f.adspend.budgets-value").hasLineCount(1);
        assertThat(output.out()).isEmpty();
        assertThat(read("f.adspend.budgets")).isEmpty();
    }

    @Test
    void recordThatTheTopicDoesNotTakeIsAFailureThatSaysWhatIsThere() throws IOException {
        broker.createTopics(Map.of("g.adspend.budgets", 1), Map.of("max.message.bytes", "300"));
        register("g.");
        String large = "merchants: [{merchant_id: m-1, currency: EUR, time_zone: UTC, campaigns: {%s: {}, %s: {}}}]"
                .formatted("a".repeat(250), "b".repeat(250));

        Output output = weir("g.", "budgets", "apply", file(large));

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

    /** What a deployment has before budgets are applied. */
    private static void prepare(String prefix) {
        broker.createTopics(Map.of(prefix + "adspend.budgets", 1));
        register(prefix);
    }

    private static void register(String prefix) {
        assertThat(weir(prefix, "schemas", "register").exitCode()).isZero();
    }

    private String file(String yaml) throws IOException {
        return Files.writeString(directory.resolve("budgets.yaml"), yaml).toString();
    }

    private static Output weir(String prefix, String... command) {
        List<String> args = new ArrayList<>(List.of(command));
        Map<String, String> settings = Map.of(
                "weir.kafka.bootstrap-servers", broker.bootstrapServers(),
                "weir.registry.url", REGISTRY,
                "weir.topic-prefix", prefix);
        settings.forEach((key, value) -> args.addAll(List.of("--set", key + "=" + value)));
        return Output.of(args.toArray(String[]::new));
    }

    private static List<Written> read(String topic) {
        List<Written> written = new ArrayList<>();
        TopicPartition partition = new TopicPartition(topic, 0);
        AvroSerdes serdes = new AvroSerdes(new SchemaRegistry(REGISTRY, Map.of(), false));
        try (Deserializer<MerchantBudget> budgets = serdes.of(Topics.BUDGETS).deserializer();
                KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(100))) {
                    written.add(new Written(
                            new String(message.key(), StandardCharsets.UTF_8),
                            budgets.deserialize(topic, message.value()),
                            message.timestamp()));
                }
            }
        }
        return written;
    }

    private static Instant nextMinute(long millis) {
        return Instant.ofEpochMilli(millis + 59_999).truncatedTo(ChronoUnit.MINUTES);
    }

    private record Written(String key, MerchantBudget budget, long timestamp) {}
}
