package io.weir.adspend;

import io.weir.adspend.account.DayTotals;
import io.weir.adspend.account.Interaction;
import io.weir.adspend.account.SummedDay;
import io.weir.adspend.budget.Budget;
import io.weir.adspend.budget.BudgetHistory;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/** A merchant's budgets and day accounts. Interactions are put into days by the budgets that came before them. */
public final class Merchant {

    private final Map<LocalDate, SummedDay> days = new TreeMap<>();
    private BudgetHistory budgets = BudgetHistory.EMPTY;

    public Merchant budget(BudgetBuilder budget) {
        return budget(budget.build(), Instant.parse("2026-05-01T00:00:00Z").toEpochMilli());
    }

    public Merchant budget(Budget budget, long recordTime) {
        budgets = budgets.with(budget, recordTime);
        return this;
    }

    public Merchant add(InteractionBuilder... interactions) {
        for (InteractionBuilder interaction : interactions) {
            add(interaction.build(), false);
        }
        return this;
    }

    public Merchant add(Interaction interaction, boolean verdict) {
        day(interaction).add(interaction, verdict);
        return this;
    }

    public Merchant giveVerdict(Interaction interaction) {
        day(interaction).giveVerdict(interaction);
        return this;
    }

    public Merchant clearVerdict(Interaction interaction) {
        day(interaction).clearVerdict(interaction);
        return this;
    }

    private SummedDay day(Interaction interaction) {
        return days.computeIfAbsent(budgets.calendar().dayOf(interaction.occurredAt()), day -> new SummedDay());
    }

    public DayTotals totals(LocalDate day) {
        return days.getOrDefault(day, new SummedDay()).totals(budgets.terms(day));
    }

    /** Totals of 2026-05-01. */
    public DayTotals totals() {
        return totals(LocalDate.parse("2026-05-01"));
    }

    public Map<LocalDate, SummedDay> days() {
        return days;
    }
}
