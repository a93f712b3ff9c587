package io.weir.sessionizer.journey;

/**
 * The last event that was read of a journey.
 *
 * @param occurredAt its time, milliseconds UTC
 * @param eventId its id
 */
public record JourneyCursor(long occurredAt, String eventId) {}
