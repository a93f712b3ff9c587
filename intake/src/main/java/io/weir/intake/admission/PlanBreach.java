package io.weir.intake.admission;

import io.weir.schemas.DeadLetterReason;

/**
 * How an event departs from the tracking plan.
 *
 * @param reason {@code PLAN_VIOLATION} or {@code UNPLANNED_EVENT}
 * @param message one sentence; names properties, never quotes their values
 * @param field JSON pointer below the event's properties, such as {@code /products/0/price}; null for an unplanned event
 * @param schema file of the schema below the plan's folder; null for an unplanned event
 * @param version version of the schema; null for an unplanned event
 */
public record PlanBreach(DeadLetterReason reason, String message, String field, String schema, String version) {}
