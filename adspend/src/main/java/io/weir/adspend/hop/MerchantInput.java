package io.weir.adspend.hop;

import io.weir.adspend.account.Interaction;
import io.weir.adspend.budget.Budget;
import io.weir.core.verdict.Verdict;

/** What the one writer of a merchant takes in. */
public sealed interface MerchantInput {

    /**
     * An interaction with one of its advertisements.
     *
     * @param interaction what happened
     * @param late whether it came later than is billed
     * @param receivedAt when the collector had it, milliseconds UTC; decides nothing
     */
    record Delivered(Interaction interaction, boolean late, long receivedAt) implements MerchantInput {

        /** One that was received when it happened. */
        public Delivered(Interaction interaction, boolean late) {
            this(interaction, late, interaction.occurredAt());
        }
    }

    /**
     * A verdict on an interaction.
     *
     * @param eventId of the interaction
     * @param occurredAt of the interaction, milliseconds UTC
     * @param verdict on it
     */
    record Judged(String eventId, long occurredAt, Verdict verdict) implements MerchantInput {}

    /**
     * A budget.
     *
     * @param budget of the merchant
     * @param recordTime of its record, milliseconds UTC
     */
    record Budgeted(Budget budget, long recordTime) implements MerchantInput {}
}
