package io.weir.adspend.account;

import io.weir.adspend.Money;
import io.weir.adspend.budget.Budget;
import io.weir.adspend.budget.Terms;
import java.util.Optional;

/** The price of an interaction: its own; else its campaign's rate; else the merchant's; else none. */
public final class Pricing {

    private Pricing() {}

    /**
     * Price of an interaction.
     *
     * @param interaction to be priced
     * @param budget that counts in its minute
     */
    public static Price of(Interaction interaction, Optional<Budget> budget) {
        return interaction.priceMicros() == null
                ? rate(interaction.kind(), interaction.campaign(), budget)
                : own(interaction.priceMicros(), interaction.currency(), budget);
    }

    /** Whether two budgets give every interaction of a campaign the same price; caps do not matter. */
    public static boolean isSame(Optional<Budget> one, Optional<Budget> other, String campaign) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() && other.isEmpty();
        }
        boolean same = one.get().currency().equals(other.get().currency());
        for (InteractionKind kind : InteractionKind.values()) {
            same &= rate(kind, campaign, one).equals(rate(kind, campaign, other));
        }
        return same;
    }

    /** Price of one or more interactions with prices of their own in the same currency, which sum up to {@code micros}. */
    static Price own(long micros, String currency, Optional<Budget> budget) {
        if (budget.isEmpty()) {
            return Price.UNPRICED;
        }
        boolean same = currency == null || currency.equals(budget.get().currency());
        return same ? new Price(Money.nanos(micros), PriceSource.OWN) : Price.CURRENCY_MISMATCH;
    }

    /** Price of one interaction without a price of its own. */
    static Price rate(InteractionKind kind, String campaign, Optional<Budget> budget) {
        if (budget.isEmpty()) {
            return Price.UNPRICED;
        }
        Long micros = rateMicros(kind, budget.get().campaign(campaign));
        PriceSource source = PriceSource.CAMPAIGN_RATE;
        if (micros == null) {
            micros = rateMicros(kind, budget.get().merchant());
            source = PriceSource.MERCHANT_RATE;
        }
        return micros == null ? Price.UNPRICED : new Price(rateNanos(kind, micros), source);
    }

    private static Long rateMicros(InteractionKind kind, Terms terms) {
        return switch (kind) {
            case IMPRESSION -> terms.cpmMicros();
            case CLICK -> terms.cpcMicros();
            case COMPLETED_VIEW -> terms.cpcvMicros();
        };
    }

    private static long rateNanos(InteractionKind kind, long micros) {
        // A thousandth of so many micros is exactly as many nanos.
        return kind == InteractionKind.IMPRESSION ? micros : Money.nanos(micros);
    }
}
