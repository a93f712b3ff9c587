package io.weir.topology.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.serde.RegistryUnavailableException;
import io.weir.core.serde.SchemaNotRegisteredException;
import java.io.IOException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultKindTest {

    static Throwable[] passing() {
        return new Throwable[] {
            new StreamsException("x", new RegistryUnavailableException("away", new IOException("refused"))),
            new StreamsException(new TimeoutException("no answer")),
            new DisconnectException(),
            new MissingSourceTopicException("events.clicks")
        };
    }

    static Throwable[] staying() {
        return new Throwable[] {
            new StreamsException(new IllegalStateException("a bug")),
            new SchemaNotRegisteredException("sessions-value"),
            new AuthorizationException("not allowed"),
            new AssertionError("a bug")
        };
    }

    @ParameterizedTest
    @MethodSource("passing")
    void whatIsAwayForNowIsTriedAgain(Throwable fault) {
        assertThat(FaultKind.of(fault)).isEqualTo(FaultKind.PASSES);
    }

    @ParameterizedTest
    @MethodSource("staying")
    void whatDoesNotPassByItselfStopsTheFeature(Throwable fault) {
        assertThat(FaultKind.of(fault)).isEqualTo(FaultKind.STAYS);
    }

    @Test
    void lackOfMemoryEndsTheProcess() {
        assertThat(FaultKind.of(new StreamsException(new OutOfMemoryError("heap"))))
                .isEqualTo(FaultKind.ENDS_PROCESS);
    }

    @Test
    void aFaultIsDescribedInOneLineWithoutWhatKafkaWrapsAroundIt() {
        Throwable fault = new StreamsException(
                "wrapped",
                new RegistryUnavailableException("It does not\n  answer: refused", new IOException("refused")));

        assertThat(FaultKind.describe(fault)).isEqualTo("RegistryUnavailableException: It does not answer: refused");
    }

    @Test
    void aBugIsLocatedInOurCode() {
        Throwable cause = new IllegalStateException("a bug");
        cause.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("java.util.Map", "get", "Map.java", 1),
            new StackTraceElement("io.weir.intake.Gate", "admit", "Gate.java", 42)
        });

        assertThat(FaultKind.locate(new StreamsException("wrapped", cause)))
                .isEqualTo("IllegalStateException: a bug (at io.weir.intake.Gate.admit, line 42)");
    }
}
