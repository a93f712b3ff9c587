package io.weir.traffic;

import io.weir.schemas.CollectedEvent;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * The traffic that settings describe. Every iterator starts at the beginning and gives the same messages again, in the
 * order of {@link Message#appendedAt()}; iterators are independent, and each is for one thread at a time.
 */
public final class Traffic {
    private static final long BYTES = 0x4259544553L;

    private final TrafficSettings settings;

    private Traffic(TrafficSettings settings) {
        this.settings = settings;
    }

    /** The traffic of the settings. */
    public static Traffic from(TrafficSettings settings) {
        return new Traffic(settings);
    }

    /** Messages by Segment's spec; some hold several events in a {@code batch}. */
    public Iterator<Message<byte[]>> segmentJson() {
        SegmentJson writer = new SegmentJson(Rng.of(settings.seed(), BYTES));
        return map(
                new Delivery(settings, Encoding.SEGMENT_JSON),
                envelope -> new Message<>(
                        envelope.key(), writer.write(envelope), envelope.appendedAt(), List.copyOf(envelope.labels())));
    }

    /** Messages as objects for the caller to serialise, one event each. */
    public Iterator<Message<CollectedEvent>> collectedEvents() {
        return new CollectedMessages(new Delivery(settings, Encoding.COLLECTED_EVENT));
    }

    /** The labels alone, without encoding anything: what {@link #segmentJson} or {@link #collectedEvents} will carry. */
    public Iterator<List<Label>> labels(Encoding encoding) {
        return map(new Delivery(settings, encoding), envelope -> List.copyOf(envelope.labels()));
    }

    /** The merchants, with the budgets that go with this traffic; the one with most advertisements first. */
    public List<Merchant> merchants() {
        return new Merchants(settings).all();
    }

    /** The key that verifies the app's tokens, as a JWK set (JSON text). */
    public String jwkSet() {
        return new AppTokens(settings.seed()).jwkSet();
    }

    private static <T> Iterator<T> map(Iterator<Envelope> envelopes, Function<Envelope, T> function) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return envelopes.hasNext();
            }

            @Override
            public T next() {
                return function.apply(envelopes.next());
            }
        };
    }

    /** Takes batches apart. */
    private static final class CollectedMessages implements Iterator<Message<CollectedEvent>> {
        private final CollectedEvents writer = new CollectedEvents();
        private final Delivery envelopes;
        private Envelope envelope;
        private int position;

        CollectedMessages(Delivery envelopes) {
            this.envelopes = envelopes;
        }

        @Override
        public boolean hasNext() {
            return (envelope != null && position < envelope.size()) || envelopes.hasNext();
        }

        @Override
        public Message<CollectedEvent> next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the traffic is over");
            }
            if (envelope == null || position == envelope.size()) {
                envelope = envelopes.next();
                position = 0;
            }
            Label label = envelope.labels().get(position);
            ShopEvent sent = envelope.events().get(position++);
            return new Message<>(
                    envelope.key(), writer.write(sent, envelope.receivedAt()), envelope.appendedAt(), List.of(label));
        }
    }
}
