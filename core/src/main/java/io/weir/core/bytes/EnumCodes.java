package io.weir.core.bytes;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One byte for each constant of an enum, fixed where a layout is written down: a schema may put a new symbol between two
 * old ones, what is stored may not change its meaning.
 *
 * @param <E> the enum
 */
public final class EnumCodes<E extends Enum<E>> {

    private final List<E> inOrder;
    private final Map<E, Integer> codes;

    /**
     * Codes from 0 in this order.
     *
     * @param inOrder every constant once; new ones at the end
     * @throws IllegalArgumentException if one is missing or there twice
     */
    public EnumCodes(Class<E> type, List<E> inOrder) {
        this.inOrder = List.copyOf(inOrder);
        this.codes = new EnumMap<>(type);
        for (int code = 0; code < inOrder.size(); code++) {
            codes.put(inOrder.get(code), code);
        }
        if (codes.size() != inOrder.size() || codes.size() != type.getEnumConstants().length) {
            throw new IllegalArgumentException("codes of " + type.getSimpleName() + ": expected each of its "
                    + type.getEnumConstants().length + " constants once, found " + this.inOrder
                    + "; add a new constant at the end");
        }
    }

    /** The code of a constant. */
    public int of(E constant) {
        return codes.get(constant);
    }

    /**
     * The constant of a code.
     *
     * @throws IndexOutOfBoundsException if there is none
     */
    public E constant(int code) {
        return inOrder.get(code);
    }
}
