package io.weir.adspend.merchant;

import io.weir.adspend.account.ScopeAccount;
import io.weir.adspend.budget.CapStep;
import io.weir.adspend.cap.Pace;
import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import java.util.List;

/**
 * The day of a merchant, or of one of its campaigns: its account, and what the next state of its cap depends on.
 *
 * @param account of the day
 * @param lastPriceNanos price of the last valid interaction
 * @param pace of its spend
 */
record ScopeDay(ScopeAccount account, long lastPriceNanos, Pace pace) {

    static ScopeDay empty(List<CapStep> caps) {
        return new ScopeDay(ScopeAccount.empty(caps), 0, Pace.NONE);
    }

    ScopeDay with(ScopeAccount changed) {
        return new ScopeDay(changed, lastPriceNanos, pace);
    }

    ScopeDay spent(long nanos, long at) {
        return new ScopeDay(account, nanos, pace.spent(nanos, at));
    }

    void write(ByteWriter out) {
        account.write(out);
        out.varint(lastPriceNanos);
        pace.write(out);
    }

    static ScopeDay read(ByteReader in) {
        return new ScopeDay(ScopeAccount.read(in), in.varint(), Pace.read(in));
    }
}
