package io.weir.adspend.account;

import io.weir.adspend.day.Minutes;
import java.util.Objects;

/**
 * An interaction with a merchant's advertisement, as far as its bill is concerned.
 *
 * @param eventId of the event
 * @param kind what happened
 * @param occurredAt milliseconds UTC
 * @param campaign may be null
 * @param priceMicros its own price; null for none
 * @param currency ISO 4217 code of its own price; null for the budget's, and without a price of its own
 * @param bot whether intake marked it as a declared robot's
 */
public record Interaction(
        String eventId,
        InteractionKind kind,
        long occurredAt,
        String campaign,
        Long priceMicros,
        String currency,
        boolean bot) {

    /** @throws IllegalArgumentException if the price is negative */
    public Interaction {
        Objects.requireNonNull(eventId, "eventId");
        Objects.requireNonNull(kind, "kind");
        if (priceMicros == null) {
            currency = null;
        } else if (priceMicros < 0) {
            throw new IllegalArgumentException("price_micros: expected 0 or more, found " + priceMicros);
        }
    }

    /** Minute it occurred in, minutes since 1970 UTC. */
    public long minute() {
        return Minutes.of(occurredAt);
    }
}
