package io.weir.adspend;

import io.weir.adspend.PlainStatement.Plan;
import io.weir.adspend.PlainStatement.Rates;
import io.weir.adspend.PlainStatement.Shown;
import io.weir.adspend.account.Interaction;
import io.weir.adspend.account.InteractionKind;
import io.weir.adspend.budget.Terms;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Budgets and interactions of a merchant over some days, in zones and at times where mistakes are made. */
abstract class GeneratedDays {

    static final Duration BEFORE = Duration.ofDays(2);
    static final Duration AFTER = Duration.ofDays(6);

    static Terms terms(Rates rates) {
        return new Terms(rates.cap(), rates.click(), rates.thousand(), rates.video());
    }

    static Interaction interaction(Shown event, Sketch sketch) {
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

    /** A budget; its time is from the start of the test's days. */
    record Draft(long at, ZoneId zone, String currency, Rates merchant, Map<String, Rates> campaigns) {}

    /** An event; its time is from the start of the test's days. */
    record Sketch(long at, String kind, String campaign, Long price, String currency, boolean bot, boolean verdict) {}

    static List<Plan> plans(List<Draft> drafts, Instant start) {
        List<Plan> plans = new ArrayList<>();
        for (Draft d : drafts) {
            plans.add(new Plan(
                    start.plusMillis(d.at()), plans.size(), d.zone(), d.currency(), d.merchant(), d.campaigns()));
        }
        return plans;
    }

    static List<Shown> events(List<Sketch> sketches, Instant start) {
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
