package io.weir.adspend.ledger;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.UUID;

/**
 * Names an entry of the ledger by what it is for, so that it is the same entry whenever and wherever it is written again:
 * a UUID (version 3) of merchant, cause, kind, and the how manieth of that kind it is for that cause.
 */
public final class EntryId {

    private static final char BETWEEN = '\0';

    private EntryId() {}

    /** Of an entry that an interaction, or a verdict on it, caused; {@code nth} counts from 1. */
    public static UUID ofEvent(String merchant, String eventId, MovementKind kind, long nth) {
        return of(merchant, "event" + BETWEEN + eventId, kind, nth);
    }

    /** Of an entry that a budget caused; {@code nth} counts a day's changes of budget from 1. */
    public static UUID ofBudget(String merchant, LocalDate day, long version, MovementKind kind, long nth) {
        return of(merchant, "budget" + BETWEEN + day + BETWEEN + version, kind, nth);
    }

    private static UUID of(String merchant, String cause, MovementKind kind, long nth) {
        String name = merchant + BETWEEN + cause + BETWEEN + kind + BETWEEN + nth;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
