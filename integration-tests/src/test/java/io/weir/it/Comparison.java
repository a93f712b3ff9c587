package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.schemas.DeadLetterReason;
import io.weir.traffic.Tally;
import io.weir.traffic.Traffic;
import io.weir.traffic.TrafficSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Traffic that is processed twice: while it flows in, by a deployment that something happens to, and, once all of it is
 * there, by one that is left alone. Both must come to the same results, and to those that the traffic was made for.
 */
final class Comparison {
    private static final Duration LIVE_BOUND = Duration.ofMinutes(2);
    private static final Duration RESULTS_BOUND = Duration.ofMinutes(4);
    private static final int PARTITIONS = 4;
    /** Events a second of event time: visits overlap, and come back within the test. */
    private static final int EVENTS_PER_SECOND = 50;

    private final Cluster cluster;
    private final String name;
    private final Path folder;
    private final int events;
    private final int perSecond;
    private final Traffic traffic;
    private Instant midnight;
    private boolean withRules;

    /**
     * A comparison.
     *
     * @param name unique in the cluster
     * @param events how many are sent
     * @param perSecond how many are sent in a second
     */
    Comparison(Cluster cluster, String name, Path folder, int events, int perSecond) {
        this.cluster = cluster;
        this.name = name;
        this.folder = folder;
        this.events = events;
        this.perSecond = perSecond;
        this.traffic = traffic();
    }

    /** Lets a local midnight of every merchant pass at this time, after all was sent; statements are compared then. */
    Comparison closingDaysAt(Instant time) {
        midnight = time;
        return this;
    }

    /** With the fraud rules that ship: alerts and verdicts are compared too. */
    Comparison withRules() {
        withRules = true;
        return this;
    }

    /** What happens while events flow. */
    interface Disturbance {

        /** Happens once, when the feed has begun and first results are there. */
        void happen(Feed feed);
    }

    /** The deployment that things happen to; its topics and schemas are there. */
    WeirDeployment disturbed() {
        cluster.createTopic(rawTopic(), PARTITIONS);
        return prepared("disturbed");
    }

    private WeirDeployment prepared(String role) {
        WeirDeployment deployment = deployment(role).prepare().budgets(Budgets.of(traffic.merchants(), midnight));
        return withRules ? deployment.shippedRules() : deployment;
    }

    /**
     * Sends the traffic, lets things happen, and compares.
     *
     * @param disturbed runs already
     */
    void check(WeirDeployment disturbed, Disturbance disturbance) {
        WeirDeployment alone = prepared("alone");
        try (Output disturbedOutput = disturbed.output();
                Output aloneOutput = alone.output();
                Feed feed = Feed.start(cluster, rawTopic(), traffic.segmentJson(), perSecond)) {
            await("first results")
                    .atMost(LIVE_BOUND)
                    .until(() -> !disturbedOutput.refresh().events().isEmpty());
            disturbance.happen(feed);
            Tally sent = feed.awaitEnd();

            if (withRules) {
                awaitRules(alone);
            }
            try (WeirProcess process = alone.start()) {
                if (withRules) {
                    assertSameWithVerdicts(disturbedOutput, aloneOutput, sent);
                } else {
                    Results expected = complete(aloneOutput, sent);
                    Results found = complete(disturbedOutput, sent);
                    assertSame(found, expected, sent);
                }
                assertThat(process.isAlive()).isTrue();
                if (midnight != null) {
                    assertSameStatements(disturbedOutput, aloneOutput);
                }
            }
        }
    }

    private static void assertSame(Results found, Results expected, Tally sent) {
        assertThat(found.differences(expected)).isEmpty();
        assertThat(found.faults()).isEmpty();
        assertThat(found.refused()).isEqualTo(byName(sent.deadLetters()));
        // Else nothing was compared.
        assertThat(found.sessions()).isNotEmpty();
        assertThat(found.deadLetters()).isNotEmpty();
        assertThat(found.lateEvents()).isNotEmpty();
        assertThat(found.adSpend().capped()).isPositive();
    }

    /** A rule misses nothing that comes after it: the rules are taken in before there is an event. */
    private void awaitRules(WeirDeployment alone) {
        try (WeirProcess rulesOnly = alone.start("--only", "fraud").awaitReady()) {
            cluster.awaitRead(name + "-alone-fraud", "rules-everywhere");
            assertThat(rulesOnly.isAlive()).isTrue();
        }
    }

    /** Verdicts come up to ten seconds after their events, and change bills and results. */
    private static void assertSameWithVerdicts(Output disturbed, Output alone, Tally sent) {
        await("the same alerts, verdicts, bills and results")
                .atMost(RESULTS_BOUND)
                .untilAsserted(() -> {
                    Results found = disturbed.refresh().results();
                    Results expected = alone.refresh().results();
                    assertThat(found.isProcessed(sent)).as(found.progress()).isTrue();
                    assertThat(expected.isProcessed(sent))
                            .as(expected.progress())
                            .isTrue();
                    FraudResults verdicts = FraudResults.of(alone);
                    assertThat(FraudResults.of(disturbed).differences(verdicts)).isEmpty();
                    assertThat(verdicts.verdicts()).anyMatch(verdict -> verdict.endsWith("INVALID"));
                    assertThat(verdicts.visitors()).isNotEmpty();
                    assertThat(verdicts.alerts()).isNotEmpty();
                    assertSame(found, expected, sent);
                });
    }

    private void assertSameStatements(Output disturbed, Output alone) {
        Instant bound = (midnight.isAfter(Instant.now()) ? midnight : Instant.now()).plus(RESULTS_BOUND);
        await("statements of all merchants")
                .atMost(Duration.between(Instant.now(), bound))
                .untilAsserted(() -> {
                    AdSpendResults found = disturbed.refresh().results().adSpend();
                    AdSpendResults expected = alone.refresh().results().adSpend();
                    assertThat(expected.statements()).hasSameSizeAs(expected.days());
                    assertThat(Results.differences("statement", found.statements(), expected.statements()))
                            .isEmpty();
                    assertThat(Results.differences("minute", found.counts(), expected.counts()))
                            .isEmpty();
                });
    }

    /** Waits for all results of what was sent. */
    static Results complete(Output output, Tally sent) {
        try {
            return await("all results")
                    .atMost(RESULTS_BOUND)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> output.refresh().results(), results -> results.isComplete(sent));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "Sent %d events, to be accepted %d, duplicates %d, to be refused %d; found: %s; behind: %s"
                            .formatted(
                                    sent.events(),
                                    sent.acceptedInAll(),
                                    sent.duplicates(),
                                    sent.deadLettersInAll(),
                                    output.results().progress(),
                                    output.behind()),
                    e);
        }
    }

    private WeirDeployment deployment(String role) {
        return new WeirDeployment(cluster, name + "-" + role, folder)
                .source(rawTopic(), "segment-json")
                // What the traffic breaks on purpose is broken by this plan.
                .with("weir.intake.tracking-plan", "builtin:shop")
                // Short, so that sessions close in the test; and some events are later than that.
                .with("weir.sessions.inactivity-gap", "12s")
                .with("weir.sessions.lateness", "30s")
                .with("weir.sessions.idle-after", "1s")
                .with("weir.intake.late-after", "20s")
                .with("weir.fraud.integrity-keys", appKeys().toString())
                .with("weir.adspend.close-after", "0s");
    }

    private Path appKeys() {
        try {
            return Files.writeString(folder.resolve(name + "-app-keys.json"), traffic.jwkSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String rawTopic() {
        return name + ".raw";
    }

    /** Ends now by its own clock. */
    private Traffic traffic() {
        Duration span = Duration.ofSeconds(events / EVENTS_PER_SECOND);
        return Traffic.from(TrafficSettings.builder()
                .seed(name.hashCode())
                .start(Instant.now().minus(span))
                .events(events)
                .rate(EVENTS_PER_SECOND)
                .dayCurve(false)
                .visitors(2_000)
                .lateShare(0.05)
                .lateFrom(Duration.ofSeconds(5))
                .lateTo(Duration.ofSeconds(90))
                .duplicateShare(0.03)
                .brokenShare(0.02)
                .build());
    }

    private static Map<String, Long> byName(Map<DeadLetterReason, Long> counts) {
        Map<String, Long> named = new TreeMap<>();
        counts.forEach((reason, count) -> named.put(reason.name(), count));
        return named;
    }
}
