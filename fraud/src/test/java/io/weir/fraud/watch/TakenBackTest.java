package io.weir.fraud.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.bytes.ByteWriter;
import io.weir.fraud.RuleBuilder;
import io.weir.fraud.rule.Rule;
import io.weir.schemas.EventKind;
import io.weir.schemas.RuleFault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Clicks that broke a rule until their impression came: what is left is as if they never had. */
class TakenBackTest {

    private static final Rule RULE = Rule.of(
            RuleBuilder.clickAfterImpression("r", RuleFault.MISSING).build(),
            Set.of(EventKind.click, EventKind.impression));
    private static final long WINDOW = Rule.NOTHING.window();

    @Property(tries = 500)
    void theEpisodesAreThoseOfTheClicksThatStayFaulty(@ForAll long seed) {
        Random random = new Random(seed);
        List<Sighting> clicks = IntStream.range(0, 1 + random.nextInt(60))
                .mapToObj(i -> Sighting.told((long) (random.nextDouble() * 8 * WINDOW), "c" + i, "v"))
                .toList();
        Set<Sighting> stay = new HashSet<>(clicks);
        stay.removeIf(click -> random.nextInt(3) == 0);

        assertThat(told(clicks, stay, random)).isEqualTo(expected(stay));
    }

    /** Each click is found, and later taken back if it does not stay; all in any order. */
    private static List<String> told(List<Sighting> clicks, Set<Sighting> stay, Random random) {
        List<Sighting> waiting = new ArrayList<>(clicks);
        List<Sighting> cleared = new ArrayList<>();
        Collections.shuffle(waiting, random);
        Watched watched = new Watched();
        while (!waiting.isEmpty() || !cleared.isEmpty()) {
            if (cleared.isEmpty() || (!waiting.isEmpty() && random.nextBoolean())) {
                Sighting click = waiting.remove(waiting.size() - 1);
                new Velocity(RULE, watched).broke(click);
                if (!stay.contains(click)) {
                    cleared.add(click);
                }
            } else {
                Sighting click = cleared.remove(random.nextInt(cleared.size()));
                new Velocity(RULE, watched).didNotBreak(click);
            }
            watched = Watched.decode(watched.encode(new ByteWriter()));
        }
        return watched.episodes().stream()
                .map(one -> one.start() + ".." + one.last() + " until " + one.until() + ": " + one.measured())
                .toList();
    }

    private static List<String> expected(Set<Sighting> faulty) {
        List<Long> times = faulty.stream().map(Sighting::at).sorted().toList();
        List<String> episodes = new ArrayList<>();
        int first = 0;
        for (int i = 0; i < times.size(); i++) {
            if (i + 1 == times.size() || times.get(i + 1) - times.get(i) >= WINDOW) {
                episodes.add(times.get(first) + ".." + times.get(i) + " until " + (times.get(i) + WINDOW) + ": "
                        + (i + 1 - first));
                first = i + 1;
            }
        }
        return episodes;
    }
}
