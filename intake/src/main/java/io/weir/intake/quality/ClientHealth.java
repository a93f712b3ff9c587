package io.weir.intake.quality;

import io.weir.schemas.Event;
import java.util.Map;

/**
 * What a client says of itself in the track event {@code Collector Health}.
 *
 * @param sent events it sent, not negative
 * @param dropped events it gave up, not negative
 * @param retried events it sent again, not negative
 */
public record ClientHealth(long sent, long dropped, long retried) {

    private static final String EVENT = "Collector Health";

    /** The report that an event is, or null if it is none. What is missing or no count is zero. */
    public static ClientHealth of(Event event) {
        if (event.getInteraction() == null
                || !EVENT.equalsIgnoreCase(event.getInteraction().getName())) {
            return null;
        }
        Map<String, Object> properties = event.getInteraction().getProperties();
        return new ClientHealth(
                count(properties.get("sent")), count(properties.get("dropped")), count(properties.get("retried")));
    }

    private static long count(Object value) {
        return value instanceof Number number ? Math.max(0, number.longValue()) : 0;
    }
}
