package io.weir.adspend.account;

import io.weir.core.bytes.EnumCodes;
import java.util.List;

/** What a merchant can be billed for. */
public enum InteractionKind {
    /** An advertisement was shown. */
    IMPRESSION,
    /** An advertisement was clicked. */
    CLICK,
    /** A video advertisement was played to its end. */
    COMPLETED_VIEW;

    /** How they are stored. */
    public static final EnumCodes<InteractionKind> CODES =
            new EnumCodes<>(InteractionKind.class, List.of(IMPRESSION, CLICK, COMPLETED_VIEW));
}
