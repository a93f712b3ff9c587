package io.weir.it;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedCluster.class)
class RestartIT {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void aKillChangesNoResult(Cluster cluster) {
        killed(new Comparison(cluster, "killed-once", folder, 4_000, 500), new Random(1), 1, 1_500);
    }

    /** Some of the kills come while the service is still coming back from the one before. */
    @Test
    @Tag("full")
    void tenKillsAtRandomMomentsChangeNoResult(Cluster cluster) {
        // Two minutes of traffic, and up to one to recover from the last kill; then every day ends and is stated.
        Instant midnight = Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(6, ChronoUnit.MINUTES);
        killed(
                new Comparison(cluster, "killed-ten-times", folder, 24_000, 200).closingDaysAt(midnight),
                new Random(2),
                10,
                3_500);
    }

    @Test
    @Tag("full")
    void tenKillsChangeNoAlertVerdictBillOrStatement(Cluster cluster) {
        // Verdicts come up to ten seconds after their events, in both runs before the days end.
        Instant midnight = Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(10, ChronoUnit.MINUTES);
        killed(
                new Comparison(cluster, "killed-with-rules", folder, 24_000, 200)
                        .withRules()
                        .closingDaysAt(midnight),
                new Random(3),
                10,
                3_500);
    }

    /** @param mostBetween messages sent between two kills, at most */
    private static void killed(Comparison comparison, Random random, int kills, int mostBetween) {
        WeirDeployment deployment = comparison.disturbed();
        try (WeirProcess service = deployment.start().awaitReady()) {
            comparison.check(deployment, feed -> {
                long sent = 0;
                for (int kill = 0; kill < kills; kill++) {
                    sent += 100 + random.nextInt(mostBetween);
                    feed.awaitSent(sent);
                    service.kill();
                    service.start();
                }
            });
        }
    }
}
