package io.weir.adspend.account;

import io.weir.adspend.Money;
import io.weir.adspend.budget.CapStep;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * The cap of a day whose cap was changed. The first counts as it is; a raise counts for the whole day; a cut never goes below
 * what was already spent when it took effect: {@code E₀ = c₀; Eₖ = max(cₖ, min(Eₖ₋₁, V(tₖ)))}.
 */
public final class EffectiveCap {

    /** Nanos that no amount exceeds: no cap. */
    public static final long UNCAPPED = Long.MAX_VALUE;

    private EffectiveCap() {}

    /**
     * Effective cap at the end of the day, nanos.
     *
     * @param caps of the day, by minute
     * @param validBefore nanos of valid delivery before the change of a number, from 1: V(t₁), V(t₂), …
     */
    public static long nanos(List<CapStep> caps, IntToLongFunction validBefore) {
        if (caps.isEmpty()) {
            return UNCAPPED;
        }
        long effective = nanos(caps.get(0).capMicros());
        for (int change = 1; change < caps.size(); change++) {
            long spent = Math.min(effective, validBefore.applyAsLong(change));
            effective = Math.max(nanos(caps.get(change).capMicros()), spent);
        }
        return effective;
    }

    /** A cap that nanos cannot express is one that no amount can reach. */
    private static long nanos(Long capMicros) {
        return capMicros == null || capMicros > Money.MAX_MICROS ? UNCAPPED : Money.nanos(capMicros);
    }
}
