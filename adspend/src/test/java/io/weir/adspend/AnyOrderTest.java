package io.weir.adspend;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.adspend.PlainStatement.Figures;
import io.weir.adspend.PlainStatement.Plan;
import io.weir.adspend.PlainStatement.Shown;
import io.weir.adspend.account.Amounts;
import io.weir.adspend.account.DayTotals;
import io.weir.adspend.account.Interaction;
import io.weir.adspend.account.SummedDay;
import io.weir.adspend.budget.Budget;
import io.weir.adspend.budget.BudgetHistory;
import io.weir.adspend.budget.Terms;
import io.weir.adspend.day.BillingCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Days of one merchant against the plain way: budgets, interactions and verdicts in any order. */
class AnyOrderTest extends GeneratedDays {

    @Property(tries = 2_000)
    void amountsAreThoseOfTheSortedEvents(
            @ForAll("starts") Instant start,
            @ForAll("plans") List<Draft> drafts,
            @ForAll("events") List<Sketch> sketches,
            @ForAll long seed) {
        List<Plan> plans = plans(drafts, start);
        List<Shown> events = events(sketches, start);
        Random random = new Random(seed);

        BudgetHistory budgets = budgets(plans, random);
        Map<LocalDate, SummedDay> days = deliver(sketches, events, budgets.calendar(), random);

        PlainStatement plain = new PlainStatement(plans, events, start.minus(BEFORE), start.plus(AFTER));
        Set<LocalDate> expected = new TreeSet<>();
        events.forEach(event -> expected.add(plain.dayOf(event.at())));
        assertThat(days.keySet()).isEqualTo(expected);
        days.forEach((day, account) ->
                assertThat(figures(account.totals(budgets.terms(day)))).isEqualTo(plain.figures(day)));
    }

    @Property(tries = 500)
    void theStateIsTheSameInAnyOrder(
            @ForAll("starts") Instant start, @ForAll("events") List<Sketch> sketches, @ForAll long seed) {
        List<Shown> events = events(sketches, start);
        BillingCalendar calendar = BudgetHistory.EMPTY.calendar();

        assertThat(deliver(sketches, events, calendar, new Random(seed)))
                .isEqualTo(deliver(sketches, events, calendar, new Random(~seed)));
    }

    private static BudgetHistory budgets(List<Plan> plans, Random random) {
        List<Plan> shuffled = new ArrayList<>(plans);
        Collections.shuffle(shuffled, random);
        BudgetHistory budgets = BudgetHistory.EMPTY;
        for (Plan plan : shuffled) {
            Map<String, Terms> campaigns = new HashMap<>();
            plan.campaigns().forEach((id, rates) -> campaigns.put(id, terms(rates)));
            boolean own = plan.version() % 2 == 0;
            long at = plan.from().toEpochMilli();
            Budget budget = new Budget(
                    plan.currency(), plan.zone(), terms(plan.merchant()), campaigns, plan.version(), own ? at : null);
            budgets = budgets.with(budget, own ? 0 : at).with(budget, own ? 0 : at);
        }
        return budgets;
    }

    /** Adds every event at some moment; verdicts come with it or later, and some are cleared and given again. */
    private static Map<LocalDate, SummedDay> deliver(
            List<Sketch> sketches, List<Shown> events, BillingCalendar calendar, Random random) {
        Map<LocalDate, SummedDay> days = new TreeMap<>();
        Map<Double, Runnable> steps = new TreeMap<>();
        for (int i = 0; i < events.size(); i++) {
            Sketch sketch = sketches.get(i);
            Interaction interaction = interaction(events.get(i), sketch);
            SummedDay day = days.computeIfAbsent(calendar.dayOf(interaction.occurredAt()), any -> new SummedDay());
            boolean early = random.nextBoolean();
            int changes = sketch.verdict() ? 1 : 0;
            changes += 2 * random.nextInt(3);
            boolean stands = early && changes > 0;
            double time = random.nextDouble();
            boolean first = stands;
            steps.put(time, () -> day.add(interaction, first));
            for (int change = stands ? 1 : 0; change < changes; change++) {
                time += random.nextDouble();
                boolean clears = stands;
                steps.put(time, () -> {
                    if (clears) {
                        day.clearVerdict(interaction);
                    } else {
                        day.giveVerdict(interaction);
                    }
                });
                stands = !stands;
            }
        }
        steps.values().forEach(Runnable::run);
        return days;
    }

    private static Map<String, Figures> figures(DayTotals totals) {
        Map<String, Figures> figures = new TreeMap<>();
        totals.campaigns().forEach((campaign, amounts) -> figures.put(campaign, figures(amounts)));
        figures.put("", figures(totals.merchant()));
        return figures;
    }

    private static Figures figures(Amounts amounts) {
        var counts = amounts.counts();
        return new Figures(
                counts.impressions() + counts.clicks() + counts.completedViews(),
                counts.invalidImpressions() + counts.invalidClicks() + counts.invalidCompletedViews(),
                counts.unpriced(),
                counts.currencyMismatches(),
                amounts.billedNanos(),
                amounts.grossMicros(),
                amounts.invalidMicros(),
                amounts.validMicros(),
                amounts.billedMicros(),
                amounts.absorbedMicros());
    }
}
