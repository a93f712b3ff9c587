package io.weir.adspend.budget;

import io.weir.adspend.day.BillingCalendar;
import io.weir.adspend.day.Minutes;
import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All versions of a merchant's budget. Immutable, and the same in whatever order they were added.
 *
 * <p>A budget counts from its {@code effective_from}, or from the time of its record, rounded up to the minute; until
 * another one counts. A version that is planned for later is not called off by a higher one that counts earlier. The
 * budget that counts first covers the whole local day in which it does, and no day before.
 */
public final class BudgetHistory {

    /** No budget. */
    public static final BudgetHistory EMPTY = new BudgetHistory(Collections.emptySortedMap());

    private final SortedMap<Long, Dated> versions;
    private final NavigableMap<Long, Budget> byMinute;
    private final BillingCalendar calendar;

    private BudgetHistory(SortedMap<Long, Dated> versions) {
        this.versions = versions;
        this.byMinute = byMinute(versions);
        this.calendar = calendar(byMinute);
    }

    /** In the order of versions, so that of two in the same minute the higher stays. */
    private static NavigableMap<Long, Budget> byMinute(SortedMap<Long, Dated> versions) {
        NavigableMap<Long, Budget> budgets = new TreeMap<>();
        versions.values().forEach(dated -> budgets.put(dated.minute(), dated.budget()));
        return budgets;
    }

    private static BillingCalendar calendar(NavigableMap<Long, Budget> budgets) {
        NavigableMap<Long, ZoneId> zones = new TreeMap<>();
        budgets.forEach((minute, budget) -> zones.put(Minutes.start(minute), budget.zone()));
        return BillingCalendar.of(zones);
    }

    /**
     * This history and one more budget. A version that is known already is the same budget sent again: nothing changes.
     *
     * @param budget to add
     * @param recordTime time of its record, milliseconds UTC
     */
    public BudgetHistory with(Budget budget, long recordTime) {
        return with(budget, recordTime, Long.MIN_VALUE);
    }

    /**
     * This history and one more budget, which counts from a time at the earliest: what was before is settled.
     *
     * @param budget to add
     * @param recordTime time of its record, milliseconds UTC
     * @param earliest milliseconds UTC, at the start of a minute
     */
    public BudgetHistory with(Budget budget, long recordTime, long earliest) {
        if (versions.containsKey(budget.version())) {
            return this;
        }
        long from = budget.effectiveFrom() == null ? recordTime : budget.effectiveFrom();
        SortedMap<Long, Dated> all = new TreeMap<>(versions);
        all.put(budget.version(), new Dated(Minutes.from(Math.max(from, earliest)), budget));
        return new BudgetHistory(all);
    }

    /** The budget of a version; empty if it is not known, or no longer. */
    public Optional<Budget> version(long version) {
        return Optional.ofNullable(versions.get(version)).map(Dated::budget);
    }

    /**
     * Without the budgets that take effect after one minute and up to another.
     *
     * @param after minutes since 1970 UTC
     * @param upTo minutes since 1970 UTC
     */
    public BudgetHistory without(long after, long upTo) {
        SortedMap<Long, Dated> some = new TreeMap<>(versions);
        some.values().removeIf(dated -> dated.minute() > after && dated.minute() <= upTo);
        return new BudgetHistory(some);
    }

    /**
     * The budgets that count from this minute or an earlier one.
     *
     * @param minute minutes since 1970 UTC
     */
    public BudgetHistory until(long minute) {
        SortedMap<Long, Dated> some = new TreeMap<>(versions);
        some.values().removeIf(dated -> dated.minute() > minute);
        return some.size() == versions.size() ? this : new BudgetHistory(some);
    }

    /**
     * Without what had been replaced before a minute.
     *
     * @param minute minutes since 1970 UTC
     */
    public BudgetHistory since(long minute) {
        Long counting = byMinute.floorKey(minute);
        SortedMap<Long, Dated> some = new TreeMap<>(versions);
        some.values().removeIf(dated -> counting != null && dated.minute() < counting);
        return some.size() == versions.size() ? this : new BudgetHistory(some);
    }

    /**
     * The first minute after this one in which a budget takes effect.
     *
     * @param minute minutes since 1970 UTC
     */
    public OptionalLong nextChange(long minute) {
        Long next = byMinute.higherKey(minute);
        return next == null ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /** The budget that took effect last; empty if there is none. */
    public Optional<Budget> last() {
        return byMinute.isEmpty()
                ? Optional.empty()
                : Optional.of(byMinute.lastEntry().getValue());
    }

    /** Writes the history: its number, then for each its minute and the budget. */
    public void write(ByteWriter out) {
        out.varint(versions.size());
        for (Dated dated : versions.values()) {
            out.signed(dated.minute());
            dated.budget().write(out);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static BudgetHistory read(ByteReader in) {
        SortedMap<Long, Dated> versions = new TreeMap<>();
        int count = in.count();
        for (int i = 0; i < count; i++) {
            Dated dated = new Dated(in.signed(), Budget.read(in));
            versions.put(dated.budget().version(), dated);
        }
        return new BudgetHistory(versions);
    }

    /** Bytes that {@link #write} writes. */
    public int size() {
        ByteWriter out = new ByteWriter();
        write(out);
        return out.take().length;
    }

    /** Whether there is no budget. */
    public boolean isEmpty() {
        return versions.isEmpty();
    }

    /** The merchant's days: UTC's while there is no budget. */
    public BillingCalendar calendar() {
        return calendar;
    }

    /** What counts on a day of {@link #calendar()}. */
    public DayTerms terms(LocalDate day) {
        if (isEmpty() || day.isBefore(calendar.dayOf(Minutes.start(byMinute.firstKey())))) {
            return DayTerms.NONE;
        }
        long start = calendar.startOf(day);
        long startMinute = Minutes.of(start);
        Map.Entry<Long, Budget> before = byMinute.floorEntry(startMinute);
        Budget opening = before == null ? byMinute.firstEntry().getValue() : before.getValue();
        return DayTerms.of(
                opening, startMinute, byMinute.subMap(startMinute, false, Minutes.from(calendar.endOf(day)), false));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BudgetHistory that && versions.equals(that.versions);
    }

    @Override
    public int hashCode() {
        return versions.hashCode();
    }

    private record Dated(long minute, Budget budget) {}
}
