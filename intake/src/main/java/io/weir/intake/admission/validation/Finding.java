package io.weir.intake.admission.validation;

import io.weir.schemas.DeadLetterReason;

/**
 * What is wrong with a message.
 *
 * @param reason as a code
 * @param field JSON pointer from the message's root; null where the whole message is wrong
 * @param message one sentence that quotes nothing of what was found
 */
public record Finding(DeadLetterReason reason, String field, String message) {}
