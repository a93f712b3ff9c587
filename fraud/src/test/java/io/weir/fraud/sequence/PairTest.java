package io.weir.fraud.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.bytes.ByteWriter;
import io.weir.fraud.sequence.Pair.Follower;
import io.weir.fraud.watch.Sighting;
import io.weir.schemas.EventKind;
import io.weir.schemas.RuleFault;
import io.weir.schemas.RuleSequence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PairTest {

    private static final RuleSequence ALL = new RuleSequence(
            EventKind.impression,
            List.of(RuleFault.MISSING, RuleFault.TOO_SOON, RuleFault.TOO_OLD, RuleFault.REPEATED),
            10L,
            100L);

    /** In whatever order impressions and clicks come, and however often, the same clicks are wrong in the end. */
    @Property(tries = 1_000)
    void theOrderOfArrivalDecidesNothing(@ForAll long seed) {
        Random random = new Random(seed);
        List<Long> shown = new ArrayList<>();
        List<Sighting> clicks = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            shown.add((long) random.nextInt(300));
        }
        for (int i = random.nextInt(5); i > 0; i--) {
            clicks.add(new Sighting("c" + i, random.nextInt(300), EventKind.click, "v", "m", null));
        }
        List<Object> arriving = new ArrayList<>(shown);
        arriving.addAll(clicks);
        arriving.addAll(clicks.subList(0, clicks.size() / 2));
        Collections.shuffle(arriving, random);

        Pair pair = new Pair();
        for (Object one : arriving) {
            if (one instanceof Sighting click) {
                pair.followed(click);
            } else {
                pair.first((Long) one);
            }
            pair = Pair.decode(pair.encode(new ByteWriter()));
        }
        pair.followers().forEach(Follower::isDue);

        assertThat(wrong(pair)).isEqualTo(plain(shown, clicks));
    }

    private static Set<String> wrong(Pair pair) {
        Set<String> wrong = new TreeSet<>();
        for (Follower follower : pair.followers()) {
            if (pair.isWrong(follower, ALL)) {
                wrong.add(follower.sighting().eventId());
            }
        }
        return wrong;
    }

    private static Set<String> plain(List<Long> shown, List<Sighting> clicks) {
        Set<String> wrong = new TreeSet<>();
        long previous = Long.MIN_VALUE / 2;
        List<Sighting> sorted = clicks.stream()
                .sorted(Comparator.comparingLong(Sighting::at).thenComparing(Sighting::eventId))
                .toList();
        for (Sighting click : sorted) {
            long before = shown.stream()
                    .filter(at -> at <= click.at())
                    .mapToLong(at -> at)
                    .max()
                    .orElse(Long.MIN_VALUE / 2);
            long after = click.at() - before;
            if (click.at() - previous <= 100 || after < 10 || after > 100) {
                wrong.add(click.eventId());
            }
            previous = click.at();
        }
        return wrong;
    }
}
