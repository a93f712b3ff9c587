package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedCluster.class)
class ScaleIT {
    private static final Duration SHARED_BOUND = Duration.ofMinutes(2);
    /** The exit code of a process that SIGTERM has ended. */
    private static final int TERMINATED = 128 + 15;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void twoProcessesOfWhichOneIsStoppedAndStartedAgainHaveTheResultsOfOne(Cluster cluster) {
        stoppedAndStarted(new Comparison(cluster, "scaled", folder, 3_000, 300), "classic");
    }

    @Test
    @Tag("full")
    void alsoWhereTheBrokerAssignsTheTasks(Cluster cluster) {
        stoppedAndStarted(new Comparison(cluster, "scaled-streams", folder, 5_000, 400), "streams");
    }

    private static void stoppedAndStarted(Comparison comparison, String groupProtocol) {
        WeirDeployment deployment = comparison
                .disturbed()
                .with("weir.kafka.group-protocol", groupProtocol)
                .with("weir.intake.threads", "1")
                .with("weir.sessionizer.threads", "1");
        try (WeirProcess one = deployment.startInstance("one");
                WeirProcess other = deployment.startInstance("other")) {
            one.awaitReady();
            other.awaitReady();
            comparison.check(deployment, feed -> {
                awaitShare(one);
                awaitShare(other);
                assertThat(other.stop()).isEqualTo(TERMINATED);
                feed.awaitSent(2_200);
                other.start();
            });
        }
    }

    /** Waits until a process has decided on some of the messages. */
    private static void awaitShare(WeirProcess process) {
        await("a share of the messages")
                .atMost(SHARED_BOUND)
                .until(() -> process.metric("weir_intake_events_total") > 0);
    }
}
