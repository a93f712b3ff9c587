package io.weir.fraud.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.bytes.ByteWriter;
import io.weir.fraud.RuleBuilder;
import io.weir.fraud.rule.Limit;
import io.weir.fraud.rule.Rule;
import io.weir.schemas.EventKind;
import io.weir.schemas.FraudRule;
import io.weir.schemas.RuleKey;
import io.weir.schemas.RuleMeasure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VelocityTest {

    private static final Set<EventKind> READ = Set.of(EventKind.click, EventKind.purchase);
    private static final long DAY = Duration.ofDays(1).toMillis();

    /** Times in milliseconds of clicks with the ids a, b, c, ...; the limit; who breaks it. */
    @ParameterizedTest
    @CsvSource({
        "0 1000,           1, 2000, b",
        "0 1999,           1, 2000, b",
        "0 2000,           1, 2000, ''",
        "0 2001,           1, 2000, ''",
        "0 0,              1, 2000, b",
        "0 10 20,          3, 60000, ''",
        "0 10 20 30,       3, 60000, d",
        "0 10 20 59999,    3, 60000, d",
        "0 10 20 60000,    3, 60000, ''",
        "0 10 20 30 60010, 3, 60000, 'd'",
        "0 10 20 30 60009, 3, 60000, 'd e'",
        "5 5 5 5,          0, 1000, 'a b c d'",
    })
    void anEventBreaksALimitWithThoseBeforeItInTheWindow(String times, long moreThan, long window, String broken) {
        Rule rule = clicks(moreThan, window);
        List<Sighting> clicks = at(times);

        Outcome outcome = run(rule, clicks);

        assertThat(String.join(" ", outcome.judged)).isEqualTo(broken);
    }

    @Test
    void ofSeveralLimitsOneIsEnough() {
        Rule rule = Rule.of(
                RuleBuilder.clicks("r", RuleKey.VISITOR)
                        .limit(1, Duration.ofSeconds(2))
                        .limit(3, Duration.ofMinutes(1))
                        .build(),
                READ);

        Outcome outcome = run(rule, at("0 1999 10000 20000 61998 90000"));

        // b is within two seconds of a; d is the fourth within a minute, and so is e.
        assertThat(outcome.judged).containsExactly("b", "d", "e");
        assertThat(outcome.episodes).containsExactly("1999..3999 measured 2 of 1", "20000..121998 measured 5 of 3");
    }

    @Test
    void whatCameBeforeIsJudgedWhereTheRuleSaysSo() {
        Rule rule = Rule.of(
                RuleBuilder.clicks("r", RuleKey.VISITOR)
                        .limit(2, Duration.ofSeconds(10))
                        .includeBefore()
                        .build(),
                READ);

        assertThat(run(rule, at("0 5000 9000 12000")).judged).containsExactly("a", "b", "c", "d");
        assertThat(run(rule, at("0 9000 10000 12000")).judged).containsExactly("b", "c", "d");
    }

    @Test
    void anAlertEndsWhenTheWindowHasLetGo() {
        Rule rule = clicks(1, 2_000);

        assertThat(run(rule, at("0 1000 2999 4999")).episodes).containsExactly("1000..4999 measured 3 of 1");
        assertThat(run(rule, at("0 1000 3000 4000")).episodes)
                .containsExactly("1000..3000 measured 2 of 1", "4000..6000 measured 2 of 1");
    }

    @Test
    void ofABurstOnlyTheLastEventsAreKept() {
        Rule rule = clicks(3, 60_000);
        List<Sighting> burst =
                IntStream.range(0, 10_000).mapToObj(i -> click("e" + i, i)).toList();

        Watched watched = new Watched();
        for (Sighting click : burst) {
            new Velocity(rule, watched).take(click, 1L, DAY);
        }

        assertThat(watched.events()).hasSize(64);
        assertThat(watched.episodes()).hasSize(1);
        assertThat(watched.episodes().get(0).measured()).isEqualTo(10_000);
        assertThat(watched.encode(new ByteWriter())).hasSizeLessThan(3_000);
    }

    @Test
    void anEventOfATimeThatIsNotKeptAnyMoreIsPartOfTheBurst() {
        Rule rule = clicks(3, 60_000);
        Watched watched = new Watched();
        for (int i = 0; i < 1_000; i++) {
            new Velocity(rule, watched).take(click("e" + i, 10L * i), 1L, DAY);
        }

        Velocity late = new Velocity(rule, watched);
        late.take(click("late", 5_005), 1L, DAY);

        assertThat(late.judged()).extracting(Sighting::eventId).containsExactly("late");
        assertThat(watched.episodes().get(0).measured()).isEqualTo(1_001);
    }

    /** What was left out of a burst is no reason to leave out what came hours later. */
    @Test
    void eventsOutOfOrderCountLongAfterABurst() {
        Rule rule = clicks(20, 60_000);
        Watched watched = new Watched();
        for (int i = 0; i < 100; i++) {
            new Velocity(rule, watched).take(click("e" + i, 20_000L * i), 1L, DAY);
        }
        assertThat(watched.episodes()).isEmpty();
        long later = Duration.ofHours(5).toMillis();
        for (int i = 0; i < 10; i++) {
            new Velocity(rule, watched).take(click("f" + i, later + 2_400_000L * i), 1L, DAY);
        }
        watched = Watched.decode(watched.encode(new ByteWriter()));

        int judged = 0;
        for (int i = 0; i < 30; i++) {
            Velocity late = new Velocity(rule, watched);
            late.take(click("late" + i, later - 1_000 + i), 1L, DAY);
            judged += late.judged().size();
        }

        assertThat(judged).isEqualTo(10 + 1);
    }

    @Test
    void sumsAreExactToATenthOfTheWindow() {
        Rule rule = Rule.of(
                RuleBuilder.clicks("r", RuleKey.VISITOR)
                        .limit(100, Duration.ofSeconds(10))
                        .measure(RuleMeasure.SUM, "amount_micros")
                        .build(),
                READ);
        Watched watched = new Watched();

        assertThat(add(rule, watched, "a", 500, 60L)).isEmpty();
        assertThat(add(rule, watched, "b", 9_400, 40L)).isEmpty();
        assertThat(add(rule, watched, "c", 9_999, 1L)).containsExactly("c");
        assertThat(add(rule, watched, "d", 10_000, 50L)).isEmpty();
        assertThat(watched.episodes().get(0).measured()).isEqualTo(101);
    }

    @Test
    void aSumOfNothingIsNotMoreThanNothing() {
        Rule rule = Rule.of(
                RuleBuilder.clicks("r", RuleKey.VISITOR)
                        .limit(0, Duration.ofSeconds(10))
                        .measure(RuleMeasure.SUM, "amount_micros")
                        .build(),
                READ);
        Watched watched = new Watched();

        assertThat(add(rule, watched, "a", 0, 0L)).isEmpty();
        assertThat(add(rule, watched, "b", 1, -5L)).isEmpty();
        assertThat(add(rule, watched, "c", 2, 6L)).containsExactly("c");
    }

    @Test
    void differentValuesCountOnce() {
        Rule rule = Rule.of(
                RuleBuilder.clicks("r", RuleKey.VISITOR)
                        .limit(2, Duration.ofSeconds(10))
                        .measure(RuleMeasure.DISTINCT, "merchant_id")
                        .build(),
                READ);
        Watched watched = new Watched();

        assertThat(add(rule, watched, "a", 0, "m-1")).isEmpty();
        assertThat(add(rule, watched, "b", 1, "m-2")).isEmpty();
        assertThat(add(rule, watched, "c", 2, "m-1")).isEmpty();
        assertThat(add(rule, watched, "d", 3, "m-3")).containsExactly("d");
        assertThat(watched.episodes().get(0).measured()).isEqualTo(3);
    }

    /** In whatever order events come, and however often, the same is found; and what is kept survives being written. */
    @Property(tries = 500)
    void theOrderOfArrivalDecidesNothing(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int count) {
        Random random = new Random(seed);
        Rule rule = anyRule(random);
        List<Sighting> clicks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clicks.add(click("e" + random.nextInt(1_000), random.nextInt(count * 400)));
        }
        List<Sighting> distinct = clicks.stream().distinct().toList();
        List<Sighting> arriving = new ArrayList<>(clicks);
        arriving.addAll(clicks.subList(0, count / 3));
        Collections.shuffle(arriving, random);

        assertThat(run(rule, arriving)).isEqualTo(plain(rule, distinct));
    }

    private static Rule anyRule(Random random) {
        RuleBuilder builder = RuleBuilder.clicks("r", RuleKey.VISITOR);
        int limits = 1 + random.nextInt(3);
        for (int i = 0; i < limits; i++) {
            builder.limit(1 + random.nextInt(6), Duration.ofMillis(1 + random.nextInt(3_000)));
        }
        FraudRule terms =
                random.nextBoolean() ? builder.build() : builder.includeBefore().build();
        return Rule.of(terms, READ);
    }

    /** What is found, computed from all events at once. */
    private static Outcome plain(Rule rule, List<Sighting> clicks) {
        List<Sighting> sorted = clicks.stream()
                .sorted(Comparator.comparingLong(Sighting::at).thenComparing(Sighting::eventId))
                .toList();
        Set<String> judged = new TreeSet<>();
        List<long[]> spans = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            long at = sorted.get(i).at();
            long longest = 0;
            long strictest = -1;
            for (Limit limit : rule.limits()) {
                int within = 0;
                for (int j = 0; j <= i; j++) {
                    within += sorted.get(j).at() > at - limit.window() ? 1 : 0;
                }
                if (within > limit.moreThan()) {
                    longest = Math.max(longest, limit.window());
                    strictest = strictest < 0 ? limit.moreThan() : Math.min(strictest, limit.moreThan());
                }
            }
            if (longest > 0) {
                judged.add(sorted.get(i).eventId() + "@" + at);
                spans.add(new long[] {at, at + longest, strictest});
                for (int j = 0; j < i && rule.terms().getIncludeBefore(); j++) {
                    if (sorted.get(j).at() > at - longest) {
                        judged.add(sorted.get(j).eventId() + "@" + sorted.get(j).at());
                    }
                }
            }
        }
        return new Outcome(List.copyOf(judged), joined(spans));
    }

    private static List<String> joined(List<long[]> spans) {
        List<String> episodes = new ArrayList<>();
        for (int i = 0; i < spans.size(); ) {
            long start = spans.get(i)[0];
            long until = spans.get(i)[1];
            long allowed = spans.get(i)[2];
            int events = 0;
            for (; i < spans.size() && (events == 0 || spans.get(i)[0] < until); i++) {
                until = Math.max(until, spans.get(i)[1]);
                if (spans.get(i)[0] == start) {
                    allowed = Math.min(allowed, spans.get(i)[2]);
                }
                events++;
            }
            episodes.add(start + ".." + until + " measured " + (allowed + events) + " of " + allowed);
        }
        return episodes;
    }

    private record Outcome(List<String> judged, List<String> episodes) {}

    private static Outcome run(Rule rule, List<Sighting> clicks) {
        Set<String> judged = new TreeSet<>();
        Watched watched = new Watched();
        boolean named = clicks.stream().allMatch(click -> click.eventId().length() == 1);
        for (Sighting click : clicks) {
            Velocity velocity = new Velocity(rule, watched);
            velocity.take(click, 1L, DAY);
            for (Sighting one : velocity.judged()) {
                assertThat(judged.add(named ? one.eventId() : one.eventId() + "@" + one.at()))
                        .as("one verdict for each event")
                        .isTrue();
            }
            watched = Watched.decode(watched.encode(new ByteWriter()));
        }
        List<String> episodes = watched.episodes().stream()
                .map(one -> one.start() + ".." + one.until() + " measured " + one.measured() + " of " + one.allowed())
                .toList();
        return new Outcome(List.copyOf(judged), episodes);
    }

    private static List<String> add(Rule rule, Watched watched, String id, long at, Object amount) {
        Velocity velocity = new Velocity(rule, watched);
        velocity.take(click(id, at), amount, DAY);
        return velocity.judged().stream().map(Sighting::eventId).toList();
    }

    private static Rule clicks(long moreThan, long window) {
        return Rule.of(
                RuleBuilder.clicks("r", RuleKey.VISITOR)
                        .limit(moreThan, Duration.ofMillis(window))
                        .build(),
                READ);
    }

    private static List<Sighting> at(String times) {
        String[] all = times.split(" ", -1);
        return IntStream.range(0, all.length)
                .mapToObj(i -> click(Character.toString('a' + i), Long.parseLong(all[i])))
                .toList();
    }

    private static Sighting click(String id, long at) {
        return new Sighting(id, at, EventKind.click, "v", "m", "c");
    }
}
