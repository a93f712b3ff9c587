package io.weir.adspend.budget;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/** What counts on the days of one history, kept once it was asked for: every interaction asks. Mutable. */
public final class TermsByDay {

    private final BudgetHistory budgets;
    private final Map<LocalDate, DayTerms> known = new HashMap<>();

    /** Of a history. */
    public TermsByDay(BudgetHistory budgets) {
        this.budgets = budgets;
    }

    /** What counts on a day. */
    public DayTerms of(LocalDate day) {
        return budgets.isEmpty() ? DayTerms.NONE : known.computeIfAbsent(day, budgets::terms);
    }

    /**
     * The day of an instant.
     *
     * @param millis milliseconds UTC
     */
    public LocalDate dayOf(long millis) {
        return budgets.calendar().dayOf(millis);
    }

    /** Forgets all days: time has gone on, and most of them are not asked for any more. */
    public void forget() {
        known.clear();
    }
}
