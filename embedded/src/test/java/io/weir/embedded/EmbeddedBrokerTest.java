package io.weir.embedded;

import static io.weir.embedded.BrokerRecords.readCommitted;
import static io.weir.embedded.BrokerRecords.writeInTransaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.embedded.BrokerRecords.Stamped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
    private static final long IN_1995 = Instant.parse("1995-08-01T00:00:01Z").toEpochMilli();
    private static final long IN_2099 = Instant.parse("2099-12-31T23:59:59Z").toEpochMilli();

    @TempDir
    Path folder;

    @Test
    void keepsCommittedRecordsAndTheirTimesFrom1995To2099() {
        try (EmbeddedBroker broker = EmbeddedBroker.builder().start()) {
            broker.createTopics(Map.of("clicks", 2));

            writeInTransaction(
                    broker.bootstrapServers(), "clicks", true, new Stamped("a", IN_2099), new Stamped("b", IN_1995));
            writeInTransaction(broker.bootstrapServers(), "clicks", false, new Stamped("aborted", IN_1995));
            writeInTransaction(broker.bootstrapServers(), "clicks", true, new Stamped("c", IN_2099));

            assertThat(readCommitted(broker.bootstrapServers(), "clicks"))
                    .containsExactly(new Stamped("a", IN_2099), new Stamped("b", IN_1995), new Stamped("c", IN_2099));
        }
    }

    @Test
    void recordsOfManyYearsInNoOrderDoNotMakeAFileEach() throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.builder().start()) {
            broker.createTopics(Map.of("clicks", 1));

            for (long time : new long[] {IN_1995, IN_2099, IN_1995, IN_2099}) {
                writeInTransaction(broker.bootstrapServers(), "clicks", true, new Stamped("any", time));
            }

            try (Stream<Path> files = Files.list(broker.directory().resolve("kafka/clicks-0"))) {
                assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".log")))
                        .containsExactly("00000000000000000000.log");
            }
        }
    }

    @Test
    void topicsKeepTheirRecordsForeverAndTakeOtherSettings() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.builder().start()) {
            broker.createTopics(Map.of("budgets", 3), Map.of("cleanup.policy", "compact"));

            try (Admin admin =
                    Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
                ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "budgets");
                var configs = admin.describeConfigs(List.of(topic)).all().get().get(topic);
                assertThat(configs.get("retention.ms").value()).isEqualTo("-1");
                assertThat(configs.get("cleanup.policy").value()).isEqualTo("compact");
                assertThat(admin.describeTopics(List.of("budgets"))
                                .allTopicNames()
                                .get()
                                .get("budgets")
                                .partitions())
                        .hasSize(3);
            }
        }
    }

    @Test
    void aTopicThatExistsIsLeftAsItIs() {
        try (EmbeddedBroker broker = EmbeddedBroker.builder().start()) {
            broker.createTopics(Map.of("clicks", 1));
            writeInTransaction(broker.bootstrapServers(), "clicks", true, new Stamped("a", IN_1995));

            broker.createTopics(Map.of("clicks", 1, "sessions", 1));

            assertThat(readCommitted(broker.bootstrapServers(), "clicks")).containsExactly(new Stamped("a", IN_1995));
        }
    }

    @Test
    void stoppedAndStartedItHasTheSameAddressAndData() {
        try (EmbeddedBroker broker = EmbeddedBroker.builder().start()) {
            String address = broker.bootstrapServers();
            broker.createTopics(Map.of("clicks", 1));
            writeInTransaction(address, "clicks", true, new Stamped("a", IN_1995));

            broker.stop();
            assertThat(broker.isRunning()).isFalse();
            broker.start();

            assertThat(broker.bootstrapServers()).isEqualTo(address);
            writeInTransaction(address, "clicks", true, new Stamped("b", IN_2099));
            assertThat(readCommitted(address, "clicks"))
                    .containsExactly(new Stamped("a", IN_1995), new Stamped("b", IN_2099));
        }
    }

    @Test
    void aGivenDirectoryIsKeptForTheNextBroker() {
        try (EmbeddedBroker first =
                EmbeddedBroker.builder().directory(folder.resolve("data")).start()) {
            first.createTopics(Map.of("clicks", 1));
            writeInTransaction(first.bootstrapServers(), "clicks", true, new Stamped("a", IN_1995));
        }

        try (EmbeddedBroker second =
                EmbeddedBroker.builder().directory(folder.resolve("data")).start()) {
            assertThat(readCommitted(second.bootstrapServers(), "clicks")).containsExactly(new Stamped("a", IN_1995));
        }
    }

    @Test
    void closingDeletesTheTemporaryDirectory() {
        EmbeddedBroker broker = EmbeddedBroker.builder().start();
        assertThat(broker.directory()).isDirectory();

        broker.close();

        assertThat(broker.directory()).doesNotExist();
    }

    @Test
    void twoBrokersRunAtATimeAndStopOnTheirOwn() {
        try (EmbeddedBroker one = EmbeddedBroker.builder().start()) {
            try (EmbeddedBroker other = EmbeddedBroker.builder().start()) {
                one.createTopics(Map.of("clicks", 1));
                other.createTopics(Map.of("clicks", 1));
                writeInTransaction(one.bootstrapServers(), "clicks", true, new Stamped("one", IN_1995));
                writeInTransaction(other.bootstrapServers(), "clicks", true, new Stamped("other", IN_1995));

                assertThat(readCommitted(other.bootstrapServers(), "clicks"))
                        .containsExactly(new Stamped("other", IN_1995));
            }

            writeInTransaction(one.bootstrapServers(), "clicks", true, new Stamped("later", IN_2099));
            assertThat(readCommitted(one.bootstrapServers(), "clicks"))
                    .containsExactly(new Stamped("one", IN_1995), new Stamped("later", IN_2099));
        }
    }

    @Test
    void kafkaCannotEndTheJvmWhileABrokerRuns() {
        List<EmbeddedBrokerException> told = new CopyOnWriteArrayList<>();
        try (EmbeddedBroker broker = EmbeddedBroker.builder().onFatal(told::add).start()) {
            assertThat(broker.isRunning()).isTrue();

            assertThatThrownBy(() -> Exit.halt(1, "all log directories failed"))
                    .isInstanceOf(EmbeddedBrokerException.class);
            assertThatThrownBy(() -> Exit.exit(1)).isInstanceOf(EmbeddedBrokerException.class);
        }

        assertThat(told)
                .extracting(Throwable::getMessage)
                .containsExactly(
                        "The embedded broker gave up (all log directories failed): look at the log before this line,"
                                + " then start it again.",
                        "The embedded broker gave up (status 1): look at the log before this line, then start it again.");
    }

    @Test
    void aPortInUseIsSaidAndLeavesNothingBehind() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EmbeddedBroker broker =
                    EmbeddedBroker.builder().port(taken.getLocalPort()).build();

            assertThatThrownBy(broker::start)
                    .isInstanceOf(EmbeddedBrokerException.class)
                    .hasMessage("Port %d on 127.0.0.1 is in use: stop what listens there or choose another port."
                            .formatted(taken.getLocalPort()));
            broker.close();
            assertThat(broker.directory()).doesNotExist();
        }
    }

    @Test
    void aDirectoryInUseIsSaid() {
        try (EmbeddedBroker first = EmbeddedBroker.builder().directory(folder).start()) {
            assertThat(first.isRunning()).isTrue();

            assertThatThrownBy(() -> EmbeddedBroker.builder().directory(folder).start())
                    .isInstanceOf(EmbeddedBrokerException.class)
                    .hasMessage(
                            "The data directory %s is in use by another broker: stop that one or name another"
                                    + " directory.",
                            folder);

            first.createTopics(Map.of("clicks", 1));
        }
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsSaid() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> EmbeddedBroker.builder().directory(file).build())
                .isInstanceOf(EmbeddedBrokerException.class)
                .hasMessage("Expected a directory for the broker's data but %s is a file: name another one."
                        .formatted(file));
    }

    @Test
    void aTopicThatCannotBeCreatedIsSaid() {
        try (EmbeddedBroker broker = EmbeddedBroker.builder().start()) {
            assertThatThrownBy(() -> broker.createTopics(Map.of("no spaces", 1)))
                    .isInstanceOf(EmbeddedBrokerException.class)
                    .hasMessageStartingWith("Could not create the topic no spaces on the embedded broker: ");
        }
    }
}
