package io.weir.adspend.merchant;

import io.weir.schemas.AdCounts;
import io.weir.schemas.AdInteraction;
import io.weir.schemas.CapStatus;
import io.weir.schemas.LedgerEntry;
import io.weir.schemas.SpendNotice;
import io.weir.schemas.Statement;

/** Where what comes of a merchant's interactions goes. */
public interface MerchantOutput {

    /** A minute's counts. */
    void counts(AdCounts counts);

    /** The state of a cap. */
    void cap(CapStatus status);

    /** A part of a cap is spent. */
    void notice(SpendNotice notice);

    /** An entry of the ledger. */
    void ledger(LedgerEntry entry);

    /** An interaction, or a verdict on it, came too late. */
    void late(AdInteraction interaction);

    /** A day's statement. */
    void statement(Statement statement);
}
