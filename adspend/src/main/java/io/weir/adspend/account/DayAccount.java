package io.weir.adspend.account;

import io.weir.adspend.budget.CapStep;
import io.weir.adspend.budget.DayTerms;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One merchant's day, added up from its minutes: what was delivered, without any price that a budget gives, and what that
 * comes to under some budgets. Mutable.
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

    /** Adds all that was summed up for a campaign in one of the day's minutes. */
    public void add(String campaign, long minute, MinuteSums sums) {
        campaigns.computeIfAbsent(campaign, any -> new TreeMap<>()).put(minute, sums);
    }

    /**
     * A day's running accounts.
     *
     * @param merchant of all campaigns together
     * @param campaigns by id; null for none
     * @param campaignsBilledNanos what the campaigns' caps let be billed, all together
     */
    public record Totals(ScopeAccount merchant, Map<String, ScopeAccount> campaigns, long campaignsBilledNanos) {}

    /**
     * The running accounts of the day, as if every interaction had come after every budget.
     *
     * @throws ArithmeticException if the sums do not fit
     */
    public Totals totals(DayTerms terms) {
        List<CapStep> merchantCaps = terms.caps();
        ScopeAccount merchant = ScopeAccount.empty(merchantCaps);
        Map<String, ScopeAccount> accounts = new HashMap<>();
        long campaignsBilled = 0;
        for (Map.Entry<String, SortedMap<Long, MinuteSums>> entry : campaigns.entrySet()) {
            String campaign = entry.getKey();
            List<CapStep> caps = terms.caps(campaign);
            ScopeAccount account = ScopeAccount.empty(caps);
            for (Map.Entry<Long, MinuteSums> sums : entry.getValue().entrySet()) {
                long minute = sums.getKey();
                Amounts amounts = sums.getValue().price(campaign, terms.at(minute));
                account = account.plus(amounts, minute, caps);
                merchant = merchant.plus(amounts, minute, merchantCaps);
            }
            accounts.put(campaign, account);
            campaignsBilled = Math.addExact(campaignsBilled, account.billedNanos(caps));
        }
        return new Totals(merchant, accounts, campaignsBilled);
    }
}
