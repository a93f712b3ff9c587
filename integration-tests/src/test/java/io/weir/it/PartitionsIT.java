package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.traffic.Tally;
import io.weir.traffic.Traffic;
import io.weir.traffic.TrafficSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedCluster.class)
class PartitionsIT {
    private static final int EVENTS = 4_000;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final Instant start = Instant.now().minus(Duration.ofMinutes(10));

    @Test
    @Tag("full")
    void eightPartitionsAndThreeThreadsHaveTheSessionsAndTheBillsOfOnePartition(Cluster cluster) {
        Tally sent = fill(cluster, "one-partition", 1);
        fill(cluster, "eight-partitions", 8);
        WeirDeployment one = deployment(cluster, "one-partition", 1, 1);
        WeirDeployment eight = deployment(cluster, "eight-partitions", 8, 3);

        try (Output outputOfOne = one.output();
                Output outputOfEight = eight.output();
                WeirProcess processOfOne = one.start();
                WeirProcess processOfEight = eight.start()) {
            Results resultsOfOne = Comparison.complete(outputOfOne, sent);
            Results resultsOfEight = Comparison.complete(outputOfEight, sent);

            assertThat(Results.differences("session", resultsOfEight.sessions(), resultsOfOne.sessions()))
                    .isEmpty();
            assertThat(Results.differences(
                            "bill",
                            resultsOfEight.adSpend().bills(),
                            resultsOfOne.adSpend().bills()))
                    .isEmpty();
            assertThat(Results.differences(
                            "day",
                            resultsOfEight.adSpend().days(),
                            resultsOfOne.adSpend().days()))
                    .isEmpty();
            assertThat(resultsOfOne.experiments().said()).hasSizeGreaterThan(6);
            assertThat(resultsOfEight.experiments().said())
                    .isEqualTo(resultsOfOne.experiments().said());
            assertThat(Results.differences("dead letter", refused(outputOfEight), refused(outputOfOne)))
                    .isEmpty();
            assertThat(resultsOfOne.faults()).isEmpty();
            assertThat(resultsOfEight.faults()).isEmpty();
            assertThat(processOfOne.isAlive()).isTrue();
            assertThat(processOfEight.isAlive()).isTrue();
        }
    }

    /** Reason and bytes: positions are others. */
    private static List<String> refused(Output output) {
        return output.of(Output.DEAD_LETTERS).stream()
                .map((GenericRecord letter) -> letter.get("reason") + " " + Canonical.text(letter.get("value")))
                .toList();
    }

    private Tally fill(Cluster cluster, String name, int partitions) {
        cluster.createTopic(name + ".raw", partitions);
        return Feed.all(cluster, name + ".raw", traffic().segmentJson());
    }

    private WeirDeployment deployment(Cluster cluster, String name, int partitions, int threads) {
        return new WeirDeployment(cluster, name, folder)
                .source(name + ".raw", "segment-json")
                .with("weir.intake.tracking-plan", "builtin:shop")
                .with("weir.topics.partitions", Integer.toString(partitions))
                .with("weir.intake.threads", Integer.toString(threads))
                .with("weir.sessionizer.threads", Integer.toString(threads))
                .with("weir.sessions.inactivity-gap", "10s")
                .with("weir.sessions.idle-after", "1s")
                .with("weir.experiments.threads", Integer.toString(threads))
                .with("weir.adspend.threads", Integer.toString(threads))
                .prepare()
                .budgets(Budgets.of(traffic().merchants(), null));
    }

    /** Nothing is too late for its session, or it would depend on the partition's clock. */
    private Traffic traffic() {
        return Traffic.from(TrafficSettings.builder()
                .seed(8)
                .start(start)
                .events(EVENTS)
                .rate(20)
                .dayCurve(false)
                .visitors(2_000)
                .lateShare(0.1)
                .lateFrom(Duration.ofSeconds(5))
                .lateTo(Duration.ofMinutes(4))
                .duplicateShare(0.05)
                .brokenShare(0.02)
                .build());
    }
}
