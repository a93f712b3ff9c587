package io.weir.embedded;

import static io.weir.embedded.BrokerRecords.readCommitted;
import static io.weir.embedded.BrokerRecords.writeInTransaction;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.embedded.BrokerRecords.Stamped;
import io.weir.embedded.process.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerProcessTest {
    private static final Duration START = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void killedAndStartedAgainItHasTheSameData() {
        String address;
        try (ChildProcess broker =
                broker("first.log", "--dir", folder.resolve("data").toString())) {
            address = broker.awaitLine(BrokerProcess.READY, START);
            TopicCreation.create(address, Map.of("clicks", 1), Map.of());
            writeInTransaction(address, "clicks", true, new Stamped("a", 1_000));
            broker.kill();
            assertThat(broker.isAlive()).isFalse();
        }

        String port = address.substring(address.indexOf(':') + 1);
        try (ChildProcess broker =
                broker("second.log", "--dir", folder.resolve("data").toString(), "--port", port)) {
            assertThat(broker.awaitLine(BrokerProcess.READY, START)).isEqualTo(address);
            assertThat(readCommitted(address, "clicks")).containsExactly(new Stamped("a", 1_000));
            assertThat(broker.stop(START)).isEqualTo(128 + 15);
        }
    }

    @Test
    void wrongArgumentsAreSaidWithExitCodeTwo() {
        try (ChildProcess broker = broker("wrong.log", "--port", "http")) {
            assertThat(broker.awaitEnd(START)).isEqualTo(2);
            assertThat(broker.lines())
                    .containsExactly("--port: expected a whole number from 0 to 65535, found \"http\".");
        }
    }

    private ChildProcess broker(String log, String... arguments) {
        return ChildProcess.java(BrokerProcess.class.getName())
                .jvmOptions("-Xmx512m")
                .arguments(arguments)
                .output(folder.resolve(log))
                .start();
    }
}
