package io.weir.intake.admission;

import io.weir.schemas.DeadLetterReason;

/**
 * A message, or a part of a batch, that may not go on.
 *
 * @param reason why, as a code
 * @param message why, in one sentence; never quotes what was found, since that may name a person
 * @param field JSON pointer of the offending field from the message's root (in a batch from the batch's root, such as
 *     {@code /batch/3/properties/price}); null where the whole message offends
 * @param planSchema file of the tracking plan's schema that refused it, or null
 * @param planVersion version of that schema, or null
 * @param eventId identifier of the event where it could be read, or null
 * @param label what quality is counted by
 * @param value the bytes to keep: those of the record, or for a part of a batch that part as a message of its own; null
 *     only if the record has no value
 */
@SuppressWarnings("ArrayRecordComponent") // carried into a dead letter; never compared, never a key
public record Refused(
        DeadLetterReason reason,
        String message,
        String field,
        String planSchema,
        String planVersion,
        String eventId,
        EventLabel label,
        byte[] value)
        implements Admission {}
