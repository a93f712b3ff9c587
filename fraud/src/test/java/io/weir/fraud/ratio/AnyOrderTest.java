package io.weir.fraud.ratio;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.schemas.EventKind;
import io.weir.schemas.RuleRatio;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The order in which events come decides nothing in the end. */
class AnyOrderTest {

    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final RuleRatio TERMS = new RuleRatio(EventKind.click, EventKind.impression, 2.0, 20L, 5);

    private record Counted(boolean isOf, long at) {}

    /** Within the lateness: every hour has the last judgement that all events at once give it. */
    @Property(tries = 100)
    void withinTheLatenessTheLastJudgementsAreTheSame(@ForAll long seed) {
        Random random = new Random(seed);
        long lateness = random.nextLong(3 * HOUR);
        List<Counted> events = events(random, 40 + random.nextInt(200));
        List<Counted> arriving = disturbed(events, lateness, random);

        Outcome outcome = run(new Ratio(TERMS, lateness), arriving, random);

        assertThat(outcome.last).isEqualTo(plain(events, Long.MIN_VALUE));
        assertThat(outcome.bytes).isEqualTo(run(new Ratio(TERMS, lateness), events, random).bytes);
    }

    /** Later than that: the state is the same, so are the judgements of the hours that can still change. */
    @Property(tries = 100)
    void inAnyOrderWhatIsKeptIsTheSame(@ForAll long seed) {
        Random random = new Random(seed);
        long lateness = random.nextLong(20 * HOUR);
        List<Counted> events = events(random, 1 + random.nextInt(250));
        List<Counted> arriving = new ArrayList<>(events);
        Collections.shuffle(arriving, random);

        Outcome outcome = run(new Ratio(TERMS, lateness), arriving, random);

        long newest = events.stream().mapToLong(Counted::at).max().orElseThrow();
        long open = Math.floorDiv(newest, HOUR) - (lateness + HOUR - 1) / HOUR;
        assertThat(outcome.last.tailMap(open)).isEqualTo(plain(events, open));
        assertThat(outcome.bytes).isEqualTo(run(new Ratio(TERMS, lateness), events, random).bytes);
    }

    @Test
    void aYearOfHoursTakesOneKilobyte() {
        Ratio ratio = new Ratio(TERMS, HOUR);
        Hours hours = new Hours();
        int largest = 0;
        for (int hour = 0; hour < 24 * 365; hour++) {
            hours.add(500_000 + hour, 199, 19_999);
            ratio.count(hours, EventKind.impression, (500_000 + hour) * HOUR);
            largest = Math.max(largest, encoded(hours).length);
        }

        assertThat(hours.between(0, Long.MAX_VALUE)).hasSize(170);
        // Layout 1, number 2, first hour 3, then 170 times 2 + 3 and 169 times 1.
        assertThat(largest).isEqualTo(1 + 2 + 3 + 170 * 5 + 169);
    }

    @Test
    void theLargestCountsSurviveBeingWritten() {
        Hours hours = new Hours();
        hours.add(-5, Long.MAX_VALUE, 1);
        hours.add(7, 0, Long.MAX_VALUE);

        Hours read = Hours.read(new ByteReader(encoded(hours)));

        assertThat(read.between(Long.MIN_VALUE, Long.MAX_VALUE)).containsExactly(-5, 7);
        assertThat(read.of(-5)).isEqualTo(Long.MAX_VALUE);
        assertThat(read.among(-5)).isEqualTo(1);
        assertThat(read.among(7)).isEqualTo(Long.MAX_VALUE);
        assertThat(read.of(6) + read.among(6) + read.of(8)).isZero();
    }

    /** Hours with much and little, clicked seldom and often, some without anything, in the order of time. */
    private static List<Counted> events(Random random, int hours) {
        List<Counted> events = new ArrayList<>(List.of(new Counted(false, random.nextLong(HOUR))));
        double usual = random.nextDouble() * 0.3;
        for (int hour = 0; hour < hours; hour++) {
            double chance = random.nextInt(10) == 0 ? 0.8 : usual;
            for (int i = random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(60); i > 0; i--) {
                long at = hour * HOUR + random.nextLong(HOUR);
                events.add(new Counted(false, at));
                if (random.nextDouble() < chance) {
                    events.add(new Counted(true, at));
                }
            }
        }
        events.sort(Comparator.comparingLong(Counted::at));
        return events;
    }

    private static List<Counted> disturbed(List<Counted> events, long lateness, Random random) {
        List<Long> order = new ArrayList<>();
        for (Counted event : events) {
            order.add(event.at() + random.nextLong(lateness + 1));
        }
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            places.add(i);
        }
        places.sort(Comparator.comparing(order::get));
        return places.stream().map(events::get).toList();
    }

    private record Outcome(SortedMap<Long, Boolean> last, String bytes) {}

    private static Outcome run(Ratio ratio, List<Counted> events, Random random) {
        SortedMap<Long, Boolean> last = new TreeMap<>();
        Hours hours = new Hours();
        for (Counted event : events) {
            ratio.count(hours, event.isOf() ? EventKind.click : EventKind.impression, event.at()).stream()
                    .filter(Judgement::last)
                    .forEach(one -> last.put(one.hour(), one.isTooHigh()));
            if (random.nextInt(50) == 0) {
                hours = Hours.read(new ByteReader(encoded(hours)));
            }
        }
        ratio.complete(hours, Long.MAX_VALUE).forEach(one -> last.put(one.hour(), one.isTooHigh()));
        return new Outcome(last, HexFormat.of().formatHex(encoded(hours)));
    }

    private static byte[] encoded(Hours hours) {
        ByteWriter out = new ByteWriter();
        hours.write(out);
        return out.take();
    }

    /** Hours from one on that are judged, and whether each is too high, computed from all events at once. */
    private static SortedMap<Long, Boolean> plain(List<Counted> events, long from) {
        TreeMap<Long, int[]> counts = new TreeMap<>();
        for (Counted event : events) {
            counts.computeIfAbsent(Math.floorDiv(event.at(), HOUR), any -> new int[2])[event.isOf() ? 0 : 1]++;
        }
        SortedMap<Long, Boolean> judged = new TreeMap<>();
        counts.tailMap(from).forEach((hour, count) -> {
            List<int[]> past = counts.subMap(hour - 168, hour).values().stream()
                    .filter(one -> one[1] >= 2)
                    .toList();
            if (count[1] >= 20 && past.size() >= 5) {
                judged.put(hour, isTooHigh(past, count[0], count[1]));
            }
        });
        return judged;
    }

    private static boolean isTooHigh(List<int[]> past, double of, double among) {
        double median =
                middle(past.stream().map(one -> (double) one[0] / one[1]).toList());
        double mad = middle(past.stream()
                .map(one -> Math.abs((double) one[0] / one[1] - median))
                .toList());
        int groups = Math.min(7, past.size());
        List<Double> shares = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            List<int[]> some = past.subList(past.size() * group / groups, past.size() * (group + 1) / groups);
            double clicks = some.stream().mapToInt(one -> one[0]).sum();
            double impressions = some.stream().mapToInt(one -> one[1]).sum();
            shares.add((clicks + 0.5) / (impressions + 1));
        }
        double share = middle(shares);
        double p = median > 0 ? median : share;
        double scale = Math.max(1.4826 * mad, p < 1 ? Math.sqrt(p * (1 - p) / among) : Math.sqrt(p / among));
        double mean = Math.max(median, share);
        double deviation = mean < 1 ? Math.sqrt(among * mean * (1 - mean)) : Math.sqrt(among * mean);
        double skewness = mean < 0.5 ? (1 - 2 * mean) / deviation : mean < 1 ? 0 : 1 / deviation;
        boolean aboveHistory = (of / among - median) / scale > 2;
        boolean aboveChance = (of - among * mean) / deviation > 2 + 3 * skewness / 6;
        return aboveHistory && aboveChance;
    }

    private static double middle(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int count = sorted.size();
        return (sorted.get((count - 1) / 2) + sorted.get(count / 2)) / 2;
    }
}
