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
    @Property(tries = 2_000)
    void theOrderOfArrivalDecidesNothing(@ForAll long seed) {
        Random random = new Random(seed);
        // Few and near to each other, or more than are kept, in several runs.
        int span = random.nextBoolean() ? 300 : 5_000;
        List<Long> shown = new ArrayList<>();
        List<Sighting> clicks = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            shown.add((long) random.nextInt(span));
        }
        for (int i = random.nextInt(span / 50); i > 0; i--) {
            clicks.add(new Sighting("c" + i, random.nextInt(span), EventKind.click, "v", "m", null));
        }
        List<Object> arriving = new ArrayList<>(shown);
        arriving.addAll(clicks);
        arriving.addAll(clicks.subList(0, clicks.size() / 2));
        Collections.shuffle(arriving, random);

        Pair pair = new Pair();
        Set<String> wrong = new TreeSet<>();
        for (Object one : arriving) {
            if (one instanceof Sighting click) {
                pair.followed(click);
            } else {
                pair.first((Long) one);
            }
            judge(pair, wrong);
            pair.leaveOutJudged(ALL);
            pair = Pair.decode(pair.encode(new ByteWriter()));
        }
        pair.followers().forEach(Follower::isDue);
        judge(pair, wrong);

        assertThat(wrong).isEqualTo(plain(shown, clicks));
    }

    private static void judge(Pair pair, Set<String> wrong) {
        for (Follower follower : pair.followers()) {
            String id = follower.sighting().eventId();
            if (pair.isWrong(follower, ALL)) {
                wrong.add(id);
            } else {
                wrong.remove(id);
            }
        }
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
