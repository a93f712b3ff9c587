package io.weir.query.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.query.state.Member;
import io.weir.query.state.Partition;
import io.weir.query.state.Place;
import io.weir.query.state.States;
import io.weir.query.state.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/** Who is asked, in which order, and what happens when nobody answers. */
class AskerTest {

    private static final Member HERE = new Member("here", 1);
    private static final Member THERE = new Member("there", 2);
    private static final Member THIRD = new Member("third", 3);

    /** Says which partition was asked, and refuses one that is not written here. */
    private static final Question QUESTION = new Question("q", "feature", "store", (partition, about) -> {
        partition.keyValues("store");
        return StringNode.valueOf(partition.number() + about.text("x"));
    });

    private static final Arguments ABOUT = Arguments.none().with("x", "!");

    private final Map<Integer, Place> places = new TreeMap<>();
    private final Set<Integer> written = new TreeSet<>();
    private final Map<Integer, Long> copies = new TreeMap<>();
    private final Set<Member> dead = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
    private final List<String> asked = new ArrayList<>();
    private final Asker asker = new Asker(new TestStates(), this::peer, Runnable::run);

    @Test
    void whatIsWrittenHereIsReadHere() {
        place(0, HERE, THERE);
        written.add(0);

        assertThat(asker.ask(QUESTION, "0", ABOUT)).isEqualTo(new Reply(0, StringNode.valueOf("0!"), false, 0));
        assertThat(asked).isEmpty();
    }

    @Test
    void whatIsWrittenElsewhereIsAskedThereAndNotReadFromACopyHere() {
        place(0, THERE, HERE);
        copies.put(0, 5L);

        assertThat(asker.ask(QUESTION, "0", ABOUT).stale()).isFalse();
        assertThat(asked).containsExactly("there:2 [0]");
    }

    @Test
    void aCopyAnswersWhenWhoWritesDoesNot() {
        place(0, THERE, THIRD, HERE);
        copies.put(0, 5L);
        dead.addAll(List.of(THERE, THIRD));

        assertThat(asker.ask(QUESTION, "0", ABOUT)).isEqualTo(new Reply(0, StringNode.valueOf("0!"), true, 5));
        assertThat(asked).containsExactly("there:2 [0]", "third:3 [0]");
    }

    /** What it does not know may be on its way to it, also where its lag is not known yet. */
    @Test
    void aCopyIsNotBelievedThatThereIsNothing() {
        place(0, THERE, HERE);
        dead.add(THERE);
        for (JsonNode nothing : List.of(NullNode.getInstance(), new JsonMapper().createArrayNode())) {
            Question question = new Question("nothing", "feature", "store", (partition, about) -> {
                partition.keyValues("store");
                return nothing;
            });
            for (long lag : new long[] {0, 1}) {
                copies.put(0, lag);
                assertThatThrownBy(() -> asker.ask(question, "0", ABOUT)).isInstanceOf(UnavailableException.class);
            }
        }
    }

    @Test
    void whereNobodyAnswersItSaysSo() {
        place(0, THERE);
        dead.add(THERE);

        assertThatThrownBy(() -> asker.ask(QUESTION, "0", ABOUT)).isInstanceOf(UnavailableException.class);
    }

    @Test
    void aPartitionThatMovesHasNobodyButItsCopies() {
        places.put(0, new Place(0, Optional.empty(), List.of(HERE)));
        copies.put(0, 7L);

        assertThat(asker.ask(QUESTION, "0", ABOUT).lag()).isEqualTo(7);
    }

    @Test
    void allPartitionsAreAskedOfEachProcessAtOnce() {
        place(0, HERE);
        place(1, THERE);
        place(2, THERE);
        written.add(0);

        Replies replies = asker.askAll(QUESTION, ABOUT);

        assertThat(replies.all()).extracting(reply -> reply.data().asString()).containsExactly("0!", "1!", "2!");
        assertThat(replies.partial()).isFalse();
        assertThat(asked).containsExactly("there:2 [1, 2]");
    }

    @Test
    void aListThatLacksAPartitionIsPartialAndOneOfACopyIsStale() {
        place(0, THERE, HERE);
        place(1, THERE);
        copies.put(0, 3L);
        dead.add(THERE);

        Replies replies = asker.askAll(QUESTION, ABOUT);

        assertThat(replies.all()).extracting(Reply::partition).containsExactly(0);
        assertThat(replies.partial()).isTrue();
        assertThat(replies.stale()).isTrue();
        assertThat(replies.lag()).isEqualTo(3);
    }

    @Test
    void aListOfWhichNothingIsKnownIsNotEmpty() {
        place(0, THERE);
        dead.add(THERE);

        assertThatThrownBy(() -> asker.askAll(QUESTION, ABOUT)).isInstanceOf(UnavailableException.class);
    }

    private void place(int partition, Member active, Member... standbys) {
        places.put(partition, new Place(partition, Optional.of(active), List.of(standbys)));
    }

    private List<Reply> peer(Member member, Question question, List<Integer> partitions, Arguments about) {
        asked.add(member + " " + partitions);
        if (dead.contains(member)) {
            throw new UnavailableException("dead");
        }
        return partitions.stream()
                .map(number -> new Reply(number, StringNode.valueOf(number + about.text("x")), false, 0))
                .toList();
    }

    private final class TestStates implements States {

        @Override
        public Member self() {
            return HERE;
        }

        @Override
        public Place find(String feature, String store, String key) {
            return places.get(Integer.valueOf(key));
        }

        @Override
        public List<Place> all(String feature, String store) {
            return List.copyOf(places.values());
        }

        @Override
        public Partition open(String feature, int partition) {
            return new TestPartition(partition, false, 0, written.contains(partition));
        }

        @Override
        public Partition copy(String feature, String store, int partition) {
            if (!copies.containsKey(partition)) {
                throw new UnavailableException("no copy");
            }
            return new TestPartition(partition, true, copies.get(partition), true);
        }
    }

    private record TestPartition(int number, boolean stale, long lag, boolean there) implements Partition {

        @Override
        public ReadOnlyKeyValueStore<Bytes, byte[]> keyValues(String store) {
            if (!there) {
                throw new InvalidStateStoreException("it has moved");
            }
            return null;
        }

        @Override
        public ReadOnlyWindowStore<Bytes, byte[]> windows(String store) {
            throw new UnsupportedOperationException();
        }
    }
}
