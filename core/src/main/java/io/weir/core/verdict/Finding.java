package io.weir.core.verdict;

import io.weir.core.bytes.EnumCodes;
import java.util.List;

/** What was found. */
public enum Finding {
    /** Nothing stands against it any more. */
    CLEARED,
    /** Worth a look, and billed. */
    SUSPECT,
    /** Not billed. */
    INVALID;

    /** How they are stored. */
    static final EnumCodes<Finding> CODES = new EnumCodes<>(Finding.class, List.of(CLEARED, SUSPECT, INVALID));
}
