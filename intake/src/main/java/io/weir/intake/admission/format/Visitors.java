package io.weir.intake.admission.format;

import io.weir.intake.admission.validation.Findings;
import io.weir.intake.admission.validation.Text;
import io.weir.schemas.DeadLetterReason;

/** Who a visitor is where only the customer is known. */
public final class Visitors {

    /** What comes before the customer id. */
    public static final String CUSTOMER_PREFIX = "c:";

    private Visitors() {}

    /** The visitor id of a customer; null, with a finding, where it would be too long. */
    static String of(String customerId, String pointer, Findings findings) {
        String visitor = CUSTOMER_PREFIX + customerId;
        String fault = Text.faultOfIdentifier(visitor);
        if (fault != null) {
            findings.add(
                    DeadLetterReason.INVALID_IDENTIFIER,
                    pointer,
                    "at most 254 characters, since it stands in for the visitor too",
                    "more");
            return null;
        }
        return visitor;
    }
}
