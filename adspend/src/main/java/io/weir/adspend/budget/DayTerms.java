package io.weir.adspend.budget;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The budgets that count on one day of a merchant, in the order in which they take effect. Immutable. */
public final class DayTerms {

    /** Terms of a day that no budget covers. */
    public static final DayTerms NONE = new DayTerms(Collections.emptyNavigableMap());

    private final NavigableMap<Long, Budget> budgets;
    private final List<CapStep> caps;
    /** Of the campaigns that a budget names; asked for with every interaction. */
    private final Map<String, List<CapStep>> campaignCaps = new HashMap<>();
    /** Of every other campaign. */
    private final List<CapStep> unnamedCaps;

    /** @param budgets by the minute from which they count; the first covers what is before it, too */
    private DayTerms(NavigableMap<Long, Budget> budgets) {
        this.budgets = Collections.unmodifiableNavigableMap(budgets);
        this.caps = caps(Budget::merchant);
        this.unnamedCaps = caps(budget -> budget.campaign(null));
        campaigns().forEach(campaign -> campaignCaps.put(campaign, caps(budget -> budget.campaign(campaign))));
    }

    /**
     * Terms of a day.
     *
     * @param opening budget at the start of the day
     * @param startMinute minute of the day's start, minutes since 1970 UTC
     * @param changes budgets that take effect within the day, by minute; those in another currency than the opening one do
     *     not count on this day, for one day's amounts are sums in one currency
     */
    static DayTerms of(Budget opening, long startMinute, Map<Long, Budget> changes) {
        NavigableMap<Long, Budget> budgets = new TreeMap<>();
        budgets.put(startMinute, opening);
        changes.forEach((minute, budget) -> {
            if (budget.currency().equals(opening.currency())) {
                budgets.put(minute, budget);
            }
        });
        return new DayTerms(budgets);
    }

    /** Currency of the day's amounts; empty if no budget covers the day. */
    public Optional<String> currency() {
        return budgets.isEmpty()
                ? Optional.empty()
                : Optional.of(budgets.firstEntry().getValue().currency());
    }

    /**
     * The budget that counts in a minute of the day; empty if none covers the day.
     *
     * @param minute minutes since 1970 UTC
     */
    public Optional<Budget> at(long minute) {
        if (budgets.isEmpty()) {
            return Optional.empty();
        }
        Map.Entry<Long, Budget> entry = budgets.floorEntry(minute);
        return Optional.of(entry == null ? budgets.firstEntry().getValue() : entry.getValue());
    }

    /** The merchant's cap and its changes; empty if no budget covers the day. */
    public List<CapStep> caps() {
        return caps;
    }

    /**
     * A campaign's cap and its changes; empty if no budget covers the day.
     *
     * @param campaign null for interactions without one, which have no cap of their own
     */
    public List<CapStep> caps(String campaign) {
        return campaignCaps.getOrDefault(campaign, unnamedCaps);
    }

    /** Campaigns that any of the day's budgets names. */
    public Set<String> campaigns() {
        Set<String> named = new TreeSet<>();
        budgets.values().forEach(budget -> named.addAll(budget.campaigns().keySet()));
        return named;
    }

    private List<CapStep> caps(Function<Budget, Terms> part) {
        List<CapStep> steps = new ArrayList<>();
        budgets.forEach((minute, budget) ->
                steps.add(new CapStep(minute, part.apply(budget).dailyCapMicros())));
        return List.copyOf(steps);
    }
}
