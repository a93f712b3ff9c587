package io.weir.it;

/** A message that may be wrong in any way, and what it counts as. */
final class FuzzedMessage {
    private final byte[] value;
    private final boolean batch;
    private final int events;

    private FuzzedMessage(byte[] value, boolean batch, int events) {
        this.value = value;
        this.batch = batch;
        this.events = events;
    }

    /** A message that counts as one event, also if nothing in it can be read. */
    static FuzzedMessage one(byte[] value) {
        return new FuzzedMessage(value, false, 1);
    }

    /** A batch that is taken apart. */
    static FuzzedMessage batch(byte[] value, int events) {
        return new FuzzedMessage(value, true, events);
    }

    /** The bytes; null for a record without a value. */
    byte[] value() {
        return value;
    }

    /** Whether each of its parts is decided on by itself. */
    boolean isBatch() {
        return batch;
    }

    /** How many decisions there will be. */
    int events() {
        return events;
    }
}
