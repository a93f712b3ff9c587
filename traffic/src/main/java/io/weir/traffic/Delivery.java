package io.weir.traffic;

import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The way from what happens to what is in the topic: some of it arrives late, some twice, some broken, some in batches.
 * Gives envelopes in the order in which they are appended; holds only those that are still to arrive.
 */
final class Delivery implements Iterator<Envelope> {
    private static final Comparator<Envelope> ORDER =
            Comparator.comparingLong(Envelope::appendedAt).thenComparingLong(Envelope::ordinal);
    private static final long FASTEST_MILLIS = 20;
    private static final double MEAN_MILLIS = 120;
    private static final long SLOWEST_MILLIS = 1_000;
    private static final long BATCH_MILLIS = 20_000;
    private static final int LARGEST_BATCH = 8;
    private static final double SOONEST_REPEAT_MILLIS = 5;
    private static final double LATEST_REPEAT_MILLIS = 300_000;

    private final TrafficSettings settings;
    private final Encoding encoding;
    private final Timeline timeline;
    private final Rng rng;
    private final long end;
    private final PriorityQueue<Envelope> underWay = new PriorityQueue<>(ORDER);
    private final IdentityHashMap<Visit, Envelope> batches = new IdentityHashMap<>();
    private long eventsLeft;
    private long ordinals;

    Delivery(TrafficSettings settings, Encoding encoding) {
        this.settings = settings;
        this.encoding = encoding;
        this.timeline = new Timeline(settings);
        this.rng = Rng.of(settings.seed(), 0x44454C4956L);
        this.end = settings.endMillis();
        this.eventsLeft = settings.events();
    }

    @Override
    public boolean hasNext() {
        if (eventsLeft == 0) {
            return false;
        }
        // Whatever happens from now on is appended after it happened, so what is due before that is next.
        while (underWay.isEmpty() || underWay.peek().appendedAt() >= timeline.nextAt()) {
            if (underWay.isEmpty() && timeline.nextAt() >= end) {
                return false;
            }
            send(timeline.next());
        }
        return underWay.peek().appendedAt() < end;
    }

    @Override
    public Envelope next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the traffic is over");
        }
        Envelope envelope = underWay.poll();
        if (envelope.events().get(0).visit().batched()) {
            batches.remove(envelope.events().get(0).visit(), envelope);
        }
        if (envelope.size() > eventsLeft) {
            envelope.keepFirst((int) eventsLeft);
        }
        eventsLeft -= envelope.size();
        return envelope;
    }

    private void send(ShopEvent event) {
        boolean late = rng.chance(settings.lateShare());
        boolean broken = rng.chance(settings.brokenShare());
        boolean repeated = !broken && rng.chance(settings.duplicateShare());
        Label label = new Label(event, late, false, Optional.empty());
        Envelope envelope;
        if (late || broken) {
            envelope = envelope(event.occurredAt() + (late ? lateMillis() : usualMillis()));
            if (broken) {
                Breakage breakage = Breakage.any(event, encoding, rng);
                envelope.add(breakage.apply(event, rng), new Label(event, late, false, Optional.of(breakage)));
            } else {
                envelope.add(event, label);
            }
        } else if (event.visit().batched()) {
            envelope = batch(event);
            envelope.add(event, label);
        } else {
            envelope = envelope(event.occurredAt() + usualMillis());
            envelope.add(event, label);
        }
        if (repeated) {
            long delay = (long) rng.logUniform(SOONEST_REPEAT_MILLIS, LATEST_REPEAT_MILLIS);
            envelope(envelope.appendedAt() + delay).add(event, new Label(event, late, true, Optional.empty()));
        }
    }

    private Envelope batch(ShopEvent event) {
        Envelope open = batches.get(event.visit());
        if (open != null && open.size() < LARGEST_BATCH && event.occurredAt() < open.receivedAt()) {
            return open;
        }
        Envelope batch = envelope(event.occurredAt() + BATCH_MILLIS + usualMillis());
        batches.put(event.visit(), batch);
        return batch;
    }

    private Envelope envelope(long appendedAt) {
        Envelope envelope = new Envelope(appendedAt, ordinals++);
        underWay.add(envelope);
        return envelope;
    }

    private long lateMillis() {
        return (long) rng.logUniform((double) settings.lateFrom().toMillis(), (double)
                settings.lateTo().toMillis());
    }

    private long usualMillis() {
        return Math.min(SLOWEST_MILLIS, FASTEST_MILLIS + (long) rng.exponential(MEAN_MILLIS - FASTEST_MILLIS));
    }
}
