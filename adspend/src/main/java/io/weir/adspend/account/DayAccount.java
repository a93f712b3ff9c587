package io.weir.adspend.account;

import io.weir.adspend.budget.Budget;
import io.weir.adspend.budget.CapStep;
import io.weir.adspend.budget.DayTerms;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * State of one merchant's day: what was delivered, without any price that a budget gives. Mutable; equal for the same
 * interactions and standing verdicts in whatever order they came. It does not know one interaction from another: its owner
 * adds each once, and knows on which of them a verdict stands.
 *
 * <p>A budget may come after the interactions, count from any minute and change rates, caps and which currency is the right
 * one. Budgets count from whole minutes, so nothing finer than the minute is ever asked for. Kept are, for each campaign and
 * minute, the number of interactions and the sum of their own prices by
 *
 * <ul>
 *   <li>kind (3), because each has a rate of its own,
 *   <li>valid or not (2), because verdicts come and go,
 *   <li>price: none of its own, or one of its own in some currency, because a rate applies to the first alone, and only the
 *       budget says whether a currency is the right one.
 * </ul>
 *
 * <p>Size: at most 6 × (2 + currencies) lines of two numbers for each campaign and minute in which it was delivered, whatever
 * the number of interactions; usually 2 or 3 (impressions, clicks, some of them invalid). A day has 1 380 to 1 500 minutes, up
 * to 2 940 when the merchant moves its zone. A campaign that runs all day long is some 4 000 lines.
 */
public final class DayAccount {

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

    /** Adds all that was summed up for a campaign in one of the day's minutes. */
    public void add(String campaign, long minute, MinuteSums sums) {
        campaigns.computeIfAbsent(campaign, any -> new TreeMap<>()).put(minute, sums);
    }

    /** The running accounts of the day's campaigns, as if every interaction had come after every budget; null for none. */
    public Map<String, ScopeAccount> accounts(DayTerms terms) {
        Map<String, ScopeAccount> accounts = new HashMap<>();
        campaigns.forEach((campaign, minutes) -> {
            List<CapStep> caps = terms.caps(campaign);
            ScopeAccount account = ScopeAccount.empty(caps);
            for (Map.Entry<Long, MinuteSums> entry : minutes.entrySet()) {
                long minute = entry.getKey();
                account = account.plus(entry.getValue().price(campaign, terms.at(minute)), minute, caps);
            }
            accounts.put(campaign, account);
        });
        return accounts;
    }

    /** The running account of the merchant's day. */
    public ScopeAccount account(DayTerms terms) {
        List<CapStep> caps = terms.caps();
        ScopeAccount account = ScopeAccount.empty(caps);
        for (Map.Entry<String, SortedMap<Long, MinuteSums>> campaign : campaigns.entrySet()) {
            for (Map.Entry<Long, MinuteSums> entry : campaign.getValue().entrySet()) {
                long minute = entry.getKey();
                account = account.plus(entry.getValue().price(campaign.getKey(), terms.at(minute)), minute, caps);
            }
        }
        return account;
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
        SortedMap<String, Amounts> byCampaign = new TreeMap<>();
        ValidDelivery delivery = new ValidDelivery();
        Amounts sum = Amounts.NONE;
        for (Map.Entry<String, SortedMap<Long, MinuteSums>> entry : campaigns.entrySet()) {
            String campaign = entry.getKey();
            Amounts amounts = amounts(campaign, entry.getValue(), terms, delivery);
            sum = sum.plus(amounts);
            if (campaign != null) {
                byCampaign.put(campaign, amounts);
            }
        }
        Amounts merchant = sum.billedUpTo(EffectiveCap.nanos(terms.caps(), delivery::before));
        return new DayTotals(merchant, sum.billedNanos() - merchant.billedNanos(), byCampaign);
    }

    /** Amounts of a campaign under its own cap; its valid delivery is added to the merchant's. */
    private static Amounts amounts(
            String campaign, SortedMap<Long, MinuteSums> minutes, DayTerms terms, ValidDelivery merchant) {
        ValidDelivery delivery = new ValidDelivery();
        Amounts sum = Amounts.NONE;
        for (Map.Entry<Long, MinuteSums> entry : minutes.entrySet()) {
            long minute = entry.getKey();
            Optional<Budget> budget = terms.at(minute);
            Amounts amounts = entry.getValue().price(campaign, budget);
            delivery.add(minute, amounts.validNanos());
            merchant.add(minute, amounts.validNanos());
            sum = sum.plus(amounts);
        }
        return sum.billedUpTo(EffectiveCap.nanos(terms.caps(campaign), delivery::before));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DayAccount that && campaigns.equals(that.campaigns);
    }

    @Override
    public int hashCode() {
        return campaigns.hashCode();
    }
}
