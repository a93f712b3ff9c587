package io.weir.experiments.unit;

import io.weir.core.bytes.EnumCodes;
import java.util.List;

/** How a unit stands in an experiment. */
public enum Standing {
    /** It counts. */
    COUNTED,
    /** It is a crawler, or behaves like one, and is left out. */
    BOT,
    /** A verdict stands on its visitor: it is left out. */
    INVALID,
    /** It saw several variants, and is left out. */
    MULTIPLE,
    /** It only saw variants that the definition does not know. */
    UNKNOWN_VARIANT,
    /** It only saw the experiment before its start or after its end. */
    NOT_RUNNING;

    static final EnumCodes<Standing> CODES =
            new EnumCodes<>(Standing.class, List.of(COUNTED, BOT, INVALID, MULTIPLE, UNKNOWN_VARIANT, NOT_RUNNING));
}
