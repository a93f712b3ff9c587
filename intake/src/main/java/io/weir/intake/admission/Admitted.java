package io.weir.intake.admission;

import io.weir.schemas.Event;

/**
 * An event that may go on.
 *
 * @param event complete but for {@code origin.clock}, which is {@code occurred_at}
 * @param label what quality is counted by
 * @param breach what the tracking plan found and only observes ({@code observe} mode): to be counted and alerted on; null
 *     where it found nothing
 */
public record Admitted(Event event, EventLabel label, PlanBreach breach) implements Admission {

    /** An event with which the tracking plan finds nothing wrong. */
    public Admitted(Event event, EventLabel label) {
        this(event, label, null);
    }
}
