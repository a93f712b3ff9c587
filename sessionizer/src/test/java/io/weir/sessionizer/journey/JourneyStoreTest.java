package io.weir.sessionizer.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.bytes.ByteWriter;
import io.weir.core.settings.Durations;
import io.weir.sessionizer.bytes.OpenStore;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.internals.WindowKeySchema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JourneyStoreTest {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final long AT = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();

    private OpenStore open;
    private JourneyStore store;
    private Journeys journeys;
    private int histories;

    @BeforeEach
    @BeforeProperty
    void open() {
        open(WEEK);
    }

    @AfterEach
    @AfterProperty
    void close() {
        open.close();
    }

    private void open(Duration retention) {
        open = new OpenStore(JourneyStore.builder(retention));
        store = new JourneyStore(open.window(), JourneyStore.Clients.ESSENTIALS);
        journeys = new Journeys(open.window());
    }

    @Test
    void aJourneyIsReadInTheOrderOfTimeAndThenOfIds() {
        put("v", AT + 2, "a");
        put("v", AT, "c");
        put("v", AT, "b");
        put("v", AT + 1, "z");

        List<JourneyEvent> read = journeys.read("v", AT, AT + 2);

        assertThat(read)
                .extracting(JourneyEvent::cursor)
                .containsExactly(
                        new JourneyCursor(AT, "b"),
                        new JourneyCursor(AT, "c"),
                        new JourneyCursor(AT + 1, "z"),
                        new JourneyCursor(AT + 2, "a"));
    }

    @Test
    void visitorsWhoseIdsBeginAlikeDoNotMix() {
        for (String visitor : List.of("a", "ab", "a\0", "a\0b", "", "\0")) {
            put(visitor, AT, "of " + visitor);
        }

        for (String visitor : List.of("a", "ab", "a\0", "a\0b", "", "\0")) {
            assertThat(journeys.read(visitor, 0, Long.MAX_VALUE))
                    .extracting(JourneyEvent::eventId)
                    .containsExactly("of " + visitor);
        }
    }

    @Test
    void bothEndsOfTheTimeAreIncluded() {
        put("v", AT - 1, "before");
        put("v", AT, "first");
        put("v", AT + 10, "last");
        put("v", AT + 11, "after");

        assertThat(journeys.read("v", AT, AT + 10))
                .extracting(JourneyEvent::eventId)
                .containsExactly("first", "last");
        assertThat(journeys.read("v", AT + 10, AT)).isEmpty();
    }

    /** Of a million visitors a sixteenth would be read before, since their ids begin with the same letter. */
    @Test
    @SuppressWarnings("unchecked")
    void aJourneyWithoutEndReadsNoOtherVisitor() {
        List<Bytes> bounds = new ArrayList<>();
        ReadOnlyWindowStore<Bytes, byte[]> watched = (ReadOnlyWindowStore<Bytes, byte[]>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ReadOnlyWindowStore.class}, (proxy, method, arguments) -> {
                    bounds.add(new WindowKeySchema()
                            .upperRange((Bytes) arguments[1], ((Instant) arguments[3]).toEpochMilli()));
                    return method.invoke(open.window(), arguments);
                });
        put("a-visitor", AT, "e");

        List<JourneyEvent> all = new Journeys(watched).read("a-visitor", 0, Long.MAX_VALUE - 1);

        assertThat(all).hasSize(1);
        assertThat(bounds)
                .singleElement()
                .satisfies(bound -> assertThat(new String(bound.get(), StandardCharsets.ISO_8859_1))
                        .startsWith("a-visitor"));
    }

    @Test
    void anEventThatIsKeptAgainIsThereOnce() {
        put("v", AT, "e");
        put("v", AT, "e");

        assertThat(journeys.read("v", AT, AT)).hasSize(1);
    }

    @Test
    void partsOfAJourneyFollowEachOtherWithoutGapOrOverlap() {
        put("v", AT, "a");
        put("v", AT, "a\0");
        put("v", AT, "ab");
        put("v", AT + 1, "a");
        put("w", AT, "other");

        JourneyPart first = journeys.read("v", AT, AT + 5, 2, null);
        JourneyPart second = journeys.read("v", AT, AT + 5, 2, first.next());

        assertThat(first.events()).extracting(JourneyEvent::eventId).containsExactly("a", "a\0");
        assertThat(first.next()).isEqualTo(new JourneyCursor(AT, "a\0"));
        assertThat(second.events())
                .extracting(JourneyEvent::cursor)
                .containsExactly(new JourneyCursor(AT, "ab"), new JourneyCursor(AT + 1, "a"));
        assertThat(second.next()).isNull();
    }

    @Test
    void whatIsOlderThanTheRetentionIsGone() {
        put("v", AT, "old");
        put("v", AT + WEEK.toMillis() - 1, "young");

        assertThat(journeys.read("v", 0, Long.MAX_VALUE))
                .extracting(JourneyEvent::eventId)
                .containsExactly("old", "young");

        put("w", AT + WEEK.toMillis(), "of another visitor");

        assertThat(journeys.read("v", 0, Long.MAX_VALUE))
                .extracting(JourneyEvent::eventId)
                .containsExactly("young");
    }

    @Test
    void withUnlimitedRetentionNothingFrom1971To2100IsTooOld() {
        close();
        open(Durations.UNLIMITED);
        long newest = Instant.parse("2099-12-31T23:59:59.999Z").toEpochMilli();
        long oldest = Instant.parse("1971-01-01T00:00:00Z").toEpochMilli();

        put("v", newest, "newest");
        put("v", oldest, "oldest");

        assertThat(journeys.read("v", 0, Long.MAX_VALUE))
                .extracting(JourneyEvent::eventId)
                .containsExactly("oldest", "newest");
    }

    @Property(tries = 300)
    void anyPartOfAnyJourneyIsWhatASortedListGives(
            @ForAll("histories") List<Position> history, @ForAll("limits") int limit) {
        // One store serves all tries: opening takes longer than a try.
        String these = histories++ + " ";
        history.forEach(position -> put(these + position.visitor, position.at, position.id));
        List<Position> expected = history.stream()
                .filter(position -> position.visitor.equals("a") && position.at >= AT && position.at <= AT + 3)
                .distinct()
                .sorted(Position.ORDER)
                .toList();

        List<Position> read = new ArrayList<>();
        JourneyCursor next = null;
        do {
            JourneyPart part = journeys.read(these + "a", AT, AT + 3, limit, next);
            assertThat(part.events()).hasSizeLessThanOrEqualTo(limit);
            part.events().forEach(event -> read.add(new Position("a", event.occurredAt(), event.eventId())));
            next = part.next();
        } while (next != null);

        assertThat(read).isEqualTo(expected);
    }

    @Property
    void keysAreInTheOrderOfVisitorTimeAndId(@ForAll("positions") Position one, @ForAll("positions") Position other) {
        byte[] a = JourneyKeys.of(new ByteWriter(), one.visitor, one.at, one.id).get();
        byte[] b = JourneyKeys.of(new ByteWriter(), other.visitor, other.at, other.id)
                .get();

        assertThat(Integer.signum(Arrays.compareUnsigned(a, b)))
                .isEqualTo(Integer.signum(Position.ORDER.compare(one, other)));
    }

    @Provide
    Arbitrary<Position> positions() {
        Arbitrary<String> texts = Arbitraries.strings()
                .withChars('\0', 'a', 'b', '\u00e9', '\u6f22')
                .ofMaxLength(2);
        return Combinators.combine(texts, Arbitraries.longs().between(AT - 1, AT + 4), texts)
                .as(Position::new);
    }

    @Provide
    Arbitrary<List<Position>> histories() {
        return positions().list().ofMaxSize(60);
    }

    @Provide
    Arbitrary<Integer> limits() {
        return Arbitraries.integers().between(1, 5);
    }

    private void put(String visitor, long at, String id) {
        store.put(Events.pageView(visitor, at, id));
    }

    record Position(String visitor, long at, String id) {

        static final Comparator<Position> ORDER = Comparator.comparing(Position::visitor, Position::byBytes)
                .thenComparingLong(Position::at)
                .thenComparing(Position::id, Position::byBytes);

        private static int byBytes(String a, String b) {
            return Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
        }
    }
}
