package io.weir.adspend.account;

import io.weir.adspend.budget.DayTerms;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/** A merchant's day as its interactions and verdicts come, one after the other, and what it comes to. */
public final class SummedDay {

    private final SortedMap<String, SortedMap<Long, MinuteSums>> campaigns =
            new TreeMap<>(Comparator.nullsFirst(Comparator.naturalOrder()));

    /**
     * Adds an interaction of the day.
     *
     * @param interaction not added before
     * @param verdict whether a verdict stands against it already
     */
    public void add(Interaction interaction, boolean verdict) {
        minute(interaction).add(interaction, !interaction.bot() && !verdict);
    }

    /**
     * A verdict now stands against an interaction. It changes nothing for a robot's, which is invalid anyway.
     *
     * @param interaction added, and without a standing verdict
     * @throws IllegalStateException if no such interaction is counted as valid
     */
    public void giveVerdict(Interaction interaction) {
        move(interaction, false);
    }

    /**
     * The last verdict against an interaction is cleared. It changes nothing for a robot's, which stays invalid.
     *
     * @param interaction added, and with a standing verdict
     * @throws IllegalStateException if no such interaction is counted as invalid
     */
    public void clearVerdict(Interaction interaction) {
        move(interaction, true);
    }

    private void move(Interaction interaction, boolean valid) {
        if (interaction.bot()) {
            return;
        }
        SortedMap<Long, MinuteSums> minutes = campaigns.get(interaction.campaign());
        MinuteSums sums = minutes == null ? null : minutes.get(interaction.minute());
        if (sums == null) {
            throw new IllegalStateException("Event " + interaction.eventId() + " was not added to this day");
        }
        sums.remove(interaction, !valid);
        sums.add(interaction, valid);
    }

    private MinuteSums minute(Interaction interaction) {
        return campaigns
                .computeIfAbsent(interaction.campaign(), campaign -> new TreeMap<>())
                .computeIfAbsent(interaction.minute(), minute -> new MinuteSums());
    }

    /** Number of sums kept: what the size of this state grows with. */
    public int size() {
        return campaigns.values().stream()
                .flatMap(minutes -> minutes.values().stream())
                .mapToInt(MinuteSums::size)
                .sum();
    }

    /** What the day comes to under the budgets that are known now. */
    public DayTotals totals(DayTerms terms) {
        DayAccount day = new DayAccount();
        campaigns.forEach((campaign, minutes) -> minutes.forEach((minute, sums) -> day.add(campaign, minute, sums)));
        DayAccount.Totals totals = day.totals(terms);
        SortedMap<String, Amounts> byCampaign = new TreeMap<>();
        totals.campaigns().forEach((campaign, account) -> {
            if (campaign != null) {
                byCampaign.put(campaign, account.amounts(account.billedNanos(terms.caps(campaign))));
            }
        });
        ScopeAccount whole = totals.merchant();
        long billed = totals.campaignsBilledNanos();
        Amounts merchant = whole.amounts(Math.min(whole.capNanos(terms.caps()), billed));
        return new DayTotals(merchant, billed - merchant.billedNanos(), byCampaign);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SummedDay that && campaigns.equals(that.campaigns);
    }

    @Override
    public int hashCode() {
        return campaigns.hashCode();
    }
}
