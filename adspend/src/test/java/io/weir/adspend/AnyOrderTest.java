package io.weir.adspend;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.adspend.PlainStatement.Figures;
import io.weir.adspend.PlainStatement.Plan;
import io.weir.adspend.PlainStatement.Rates;
import io.weir.adspend.PlainStatement.Shown;
import io.weir.adspend.account.Amounts;
import io.weir.adspend.account.DayAccount;
import io.weir.adspend.account.DayTotals;
import io.weir.adspend.account.Interaction;
import io.weir.adspend.account.InteractionKind;
import io.weir.adspend.budget.Budget;
import io.weir.adspend.budget.BudgetHistory;
import io.weir.adspend.budget.Terms;
import io.weir.adspend.day.BillingCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Days of one merchant against the plain way: budgets, interactions and verdicts in any order. */
class AnyOrderTest {

    private static final Duration BEFORE = Duration.ofDays(2);
    private static final Duration AFTER = Duration.ofDays(6);

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
        Map<LocalDate, DayAccount> days = deliver(sketches, events, budgets.calendar(), random);

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

    private static Terms terms(Rates rates) {
        return new Terms(rates.cap(), rates.click(), rates.thousand(), rates.video());
    }

    /** Adds every event at some moment; verdicts come with it or later, and some are cleared and given again. */
    private static Map<LocalDate, DayAccount> deliver(
            List<Sketch> sketches, List<Shown> events, BillingCalendar calendar, Random random) {
        Map<LocalDate, DayAccount> days = new TreeMap<>();
        Map<Double, Runnable> steps = new TreeMap<>();
        for (int i = 0; i < events.size(); i++) {
            Sketch sketch = sketches.get(i);
            Interaction interaction = interaction(events.get(i), sketch);
            DayAccount day = days.computeIfAbsent(calendar.dayOf(interaction.occurredAt()), any -> new DayAccount());
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

    private static Interaction interaction(Shown event, Sketch sketch) {
        InteractionKind kind = switch (event.kind()) {
            case "click" -> InteractionKind.CLICK;
            case "impression" -> InteractionKind.IMPRESSION;
            default -> InteractionKind.COMPLETED_VIEW;
        };
        return new Interaction(
                event.id(),
                kind,
                event.at().toEpochMilli(),
                event.campaign(),
                event.price(),
                event.currency(),
                sketch.bot());
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

    /** A budget; its time is from the start of the test's days. */
    record Draft(long at, ZoneId zone, String currency, Rates merchant, Map<String, Rates> campaigns) {}

    /** An event; its time is from the start of the test's days. */
    record Sketch(long at, String kind, String campaign, Long price, String currency, boolean bot, boolean verdict) {}

    private static List<Plan> plans(List<Draft> drafts, Instant start) {
        List<Plan> plans = new ArrayList<>();
        for (Draft d : drafts) {
            plans.add(new Plan(
                    start.plusMillis(d.at()), plans.size(), d.zone(), d.currency(), d.merchant(), d.campaigns()));
        }
        return plans;
    }

    private static List<Shown> events(List<Sketch> sketches, Instant start) {
        List<Shown> events = new ArrayList<>();
        for (Sketch s : sketches) {
            events.add(new Shown(
                    "e" + events.size(),
                    s.kind(),
                    start.plusMillis(s.at()),
                    s.campaign(),
                    s.price(),
                    s.currency(),
                    s.bot() || s.verdict()));
        }
        return events;
    }

    @Provide
    Arbitrary<Instant> starts() {
        return Arbitraries.of("2019-03-30", "2019-10-26", "2018-11-03", "2018-02-16", "2021-04-03", "2026-05-01")
                .map(day -> Instant.parse(day + "T00:00:00Z"));
    }

    @Provide
    Arbitrary<List<Draft>> plans() {
        Arbitrary<ZoneId> zones = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.of(ZoneId.of("UTC"))),
                Tuple.of(
                        4,
                        Arbitraries.of(
                                        "Europe/Paris",
                                        "America/New_York",
                                        "America/Sao_Paulo",
                                        "Asia/Kathmandu",
                                        "Pacific/Chatham",
                                        "Pacific/Kiritimati",
                                        "Pacific/Pago_Pago")
                                .map(ZoneId::of)));
        return Combinators.combine(
                        times(),
                        zones,
                        Arbitraries.of("EUR", "EUR", "EUR", "USD"),
                        rates(),
                        Arbitraries.maps(Arbitraries.of("a", "b"), rates()).ofMaxSize(2))
                .as(Draft::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    private static Arbitrary<Rates> rates() {
        Arbitrary<Long> caps = Arbitraries.of(0L, 1L, 2L, 5L, 1_000L, 2_500L, 10_000L, Long.MAX_VALUE);
        Arbitrary<Long> prices = Arbitraries.of(0L, 1L, 333L, 999L, 2_000L);
        return Combinators.combine(
                        caps.injectNull(0.3), prices.injectNull(0.3), prices.injectNull(0.3), prices.injectNull(0.3))
                .as(Rates::new);
    }

    /** Milliseconds: whole hours, just before and after them, or any. */
    private static Arbitrary<Long> times() {
        long hour = Duration.ofHours(1).toMillis();
        Arbitrary<Long> hours = Arbitraries.longs().between(0, 48).map(h -> h * hour);
        return Arbitraries.oneOf(
                hours,
                hours.map(at -> Math.max(0, at - 1)),
                hours.map(at -> at + 1),
                Arbitraries.longs().between(0, 48 * hour));
    }

    @Provide
    Arbitrary<List<Sketch>> events() {
        return Combinators.combine(
                        times(),
                        Arbitraries.of("click", "impression", "impression", "video"),
                        Arbitraries.of("a", "b", "c").injectNull(0.2),
                        Arbitraries.of(0L, 1L, 777L, 3_000L).injectNull(0.6),
                        Arbitraries.of("EUR", "EUR", "USD").injectNull(0.3),
                        Arbitraries.of(false, false, false, true),
                        Arbitraries.of(false, false, true))
                .as(Sketch::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }
}
