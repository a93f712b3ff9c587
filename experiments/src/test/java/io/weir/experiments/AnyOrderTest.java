package io.weir.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.time.StreamClock.Phase;
import io.weir.core.verdict.Finding;
import io.weir.core.verdict.Verdict;
import io.weir.experiments.PlainExperiment.Figures;
import io.weir.experiments.PlainExperiment.Happened;
import io.weir.experiments.PlainExperiment.Weights;
import io.weir.experiments.definition.Definition;
import io.weir.experiments.definition.Metric;
import io.weir.experiments.definition.Variant;
import io.weir.experiments.hop.UnitInput.Converted;
import io.weir.experiments.hop.UnitInput.Exposed;
import io.weir.experiments.hop.UnitInput.Judged;
import io.weir.experiments.total.MetricTotals;
import io.weir.experiments.total.Sums;
import io.weir.experiments.total.Totals;
import io.weir.experiments.total.VariantTotals;
import io.weir.experiments.unit.Conversion;
import io.weir.experiments.unit.Exposure;
import io.weir.experiments.unit.Standing;
import io.weir.schemas.EventKind;
import io.weir.schemas.MetricType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Made-up units against the plain way: exposures, orders, refunds and named events in any order and more than once, several
 * variants, crawlers, verdicts that come and go, changes of weights and windows, restarts.
 */
class AnyOrderTest {

    private static final String ID = "x";
    private static final long MINUTE = 60_000;
    private static final long START = 1_767_225_600_000L;
    private static final Map<String, String> UNLIMITED = Map.of("weir.experiments.lateness", "unlimited");

    @Property(tries = 600)
    void recordedInputComesOutAsThePlainWayHasIt(@ForAll long seed) {
        Random random = new Random(seed);
        Scene scene = new Scene(random);
        ExperimentHarness harness = new ExperimentHarness(Phase.HELD, UNLIMITED);
        List<Runnable> steps = new ArrayList<>();
        for (Happened event : scene.events) {
            steps.add(() -> deliver(harness, event));
            if (random.nextInt(4) == 0) {
                steps.add(() -> deliver(harness, event));
            }
        }
        for (int i = 0; i < 3; i++) {
            steps.add(harness::restart);
        }
        Collections.shuffle(steps, random);
        scene.verdicts(harness, steps, random);
        // The first definition is read before the events, another one at any moment.
        scene.versions.stream().skip(1).forEach(version -> {
            long since = scene.since(version);
            steps.add(random.nextInt(steps.size()), () -> harness.define(version, since));
        });
        steps.add(0, () -> harness.define(scene.versions.get(0), START));
        steps.forEach(Runnable::run);
        long last = scene.events.stream().mapToLong(Happened::at).max().orElse(START);
        harness.end();

        PlainExperiment plain = scene.plain(last);
        Totals totals = harness.totals(ID);
        assertThat(figures(totals)).isEqualTo(plain.figures);
        assertThat(totals.units(Standing.COUNTED)).isEqualTo(plain.units());
        assertThat(totals.multipleUnits()).isEqualTo(plain.multiple);
        assertThat(totals.units(Standing.BOT)).isEqualTo(plain.bots);
        assertThat(totals.units(Standing.INVALID)).isEqualTo(plain.invalid);
        assertThat(totals.units(Standing.UNKNOWN_VARIANT)).isEqualTo(plain.unknown);
        assertThat(totals.unknownVariants().getOrDefault("unknown", 0L)).isEqualTo(plain.sawUnknown);
    }

    /**
     * Time passes between the events, the process restarts, verdicts come and go: windows mature, what is old is forgotten, and nothing
     * comes out differently.
     */
    @Property(tries = 300)
    void passingTimeChangesNothing(@ForAll long seed) {
        Random random = new Random(seed);
        Scene scene = new Scene(random);
        long lateness = 30 * MINUTE;
        ExperimentHarness harness = new ExperimentHarness(Phase.LIVE, Map.of("weir.experiments.lateness", "30m"));
        harness.define(scene.versions.get(0), START);
        scene.leaveOutWhatComesTooLate();
        SortedMap<Long, List<Runnable>> arrivals = new TreeMap<>();
        for (Happened event : scene.events) {
            for (int times = random.nextInt(4) == 0 ? 2 : 1; times > 0; times--) {
                at(arrivals, event.at() + (long) (random.nextDouble() * lateness), () -> deliver(harness, event));
            }
        }
        scene.verdictsInTime(harness, arrivals, random);
        for (int i = 0; i < 3; i++) {
            at(arrivals, START + (long) (random.nextDouble() * 72 * 60 * MINUTE), harness::restart);
        }
        long now = START;
        for (Map.Entry<Long, List<Runnable>> arrival : arrivals.entrySet()) {
            for (; now < arrival.getKey(); now += 7 * MINUTE) {
                harness.clock.set(now);
                harness.tick();
            }
            harness.clock.set(arrival.getKey());
            arrival.getValue().forEach(Runnable::run);
        }
        long end = now + 3 * 24 * 60 * MINUTE;
        for (; now < end; now += 60 * MINUTE) {
            harness.clock.set(now);
            harness.tick();
        }

        PlainExperiment plain = scene.plainOfFirstVersion(end);
        Totals totals = harness.totals(ID);
        assertThat(figures(totals)).isEqualTo(plain.figures);
        assertThat(totals.multipleUnits()).isEqualTo(plain.multiple);
        assertThat(totals.units(Standing.BOT)).isEqualTo(plain.bots);
        assertThat(totals.units(Standing.INVALID)).isEqualTo(plain.invalid);
    }

    private static void at(SortedMap<Long, List<Runnable>> arrivals, long time, Runnable step) {
        arrivals.computeIfAbsent(time, any -> new ArrayList<>()).add(step);
    }

    private static void deliver(ExperimentHarness harness, Happened event) {
        if (event.variant() != null) {
            Exposure exposure = new Exposure(event.variant(), event.at(), event.id());
            harness.take(event.visitor(), new Exposed(ID, exposure, event.bot(), event.customer()));
            return;
        }
        EventKind kind = event.order() == null ? EventKind.interaction : EventKind.purchase;
        Conversion conversion = new Conversion(
                event.id(), event.at(), kind, event.name(), null, event.order(), event.micros(), event.currency());
        harness.take(event.visitor(), new Converted(conversion, event.customer()));
    }

    private static Map<String, Figures> figures(Totals totals) {
        Map<String, Figures> figures = new TreeMap<>();
        totals.epochs()
                .forEach((epoch, variants) -> variants.forEach((variant, units) -> {
                    for (String metric : List.of("conversion", "revenue", "orders", "errors")) {
                        add(figures, epoch + " " + variant, metric, units, false);
                        add(figures, epoch + " " + variant, metric, units, true);
                    }
                }));
        return figures;
    }

    private static void add(
            Map<String, Figures> figures, String cell, String metric, VariantTotals units, boolean matured) {
        MetricTotals totals = units.metric(metric);
        String view = " " + metric + (matured ? " matured" : " live");
        long n = matured ? totals.maturedUnits() : units.units();
        if (n > 0) {
            figures.put(cell + " n" + view, new Figures(n, "", "", 0));
        }
        for (Map.Entry<String, Sums> entry : totals.sums(matured).entrySet()) {
            Sums sums = entry.getValue();
            figures.put(
                    cell + " " + entry.getKey() + view,
                    new Figures(n, sums.sum().toString(), sums.squares().toString(), sums.converters()));
        }
    }

    /** What happens in one try. */
    private static final class Scene {

        final List<Happened> events = new ArrayList<>();
        final List<Definition> versions = new ArrayList<>();
        final Set<String> invalid = new HashSet<>();

        Scene(Random random) {
            boolean ofCustomers = random.nextBoolean();
            boolean first = random.nextBoolean();
            int hours = 1 + random.nextInt(20);
            versions.add(definition(1, ofCustomers, first, hours, 1));
            if (random.nextBoolean()) {
                versions.add(definition(2, ofCustomers, random.nextBoolean(), 1 + random.nextInt(20), 3));
            }
            int count = 1 + random.nextInt(25);
            for (int i = 0; i < count; i++) {
                events.add(event(i, random));
            }
        }

        private static Definition definition(int version, boolean customers, boolean first, int hours, double weight) {
            long window = MINUTE * 60 * hours;
            List<Metric> metrics = List.of(
                    new Metric(
                            "conversion",
                            MetricType.CONVERSION,
                            EventKind.purchase,
                            null,
                            null,
                            window,
                            null,
                            null,
                            null),
                    new Metric(
                            "revenue",
                            MetricType.REVENUE,
                            EventKind.purchase,
                            null,
                            null,
                            window / 2,
                            4_000_000L,
                            null,
                            null),
                    new Metric("orders", MetricType.COUNT, EventKind.purchase, null, null, window, null, null, null),
                    new Metric(
                            "errors",
                            MetricType.COUNT,
                            EventKind.interaction,
                            "Checkout Failed",
                            null,
                            2 * window,
                            null,
                            null,
                            null));
            return new Definition(
                    ID,
                    false,
                    customers,
                    List.of(new Variant("a", 1, true), new Variant("b", weight, false), new Variant("c", 1, false)),
                    metrics,
                    START + 20 * MINUTE,
                    START + 40 * 60 * MINUTE,
                    0.05,
                    5_000,
                    first,
                    version);
        }

        private static Happened event(int i, Random random) {
            int visitor = random.nextInt(5);
            String customer = random.nextInt(4) == 0 ? null : "c" + visitor % 3;
            long at = START + MINUTE * random.nextInt(48 * 60) + random.nextInt(3);
            String id = "e" + i;
            String name = "v" + visitor;
            int what = random.nextInt(10);
            if (what < 4) {
                String variant = random.nextInt(12) == 0 ? "unknown" : random.nextInt(4) == 0 ? "b" : "a";
                return new Happened(id, at, name, customer, variant, random.nextInt(20) == 0, null, 0, null, null);
            }
            if (what < 9) {
                boolean refund = random.nextInt(3) == 0;
                long micros = 1_000_000L * (1 + random.nextInt(5)) + random.nextInt(3);
                String currency = random.nextInt(5) == 0 ? "USD" : "EUR";
                String order = "o" + random.nextInt(4);
                return new Happened(
                        id, at, name, customer, null, false, order, refund ? -micros : micros, currency, null);
            }
            return new Happened(id, at, name, customer, null, false, null, 0, null, "Checkout Failed");
        }

        long since(Definition version) {
            return version.version() == 1 ? START : START + 10 * 60 * MINUTE;
        }

        void verdicts(ExperimentHarness harness, List<Runnable> steps, Random random) {
            for (int visitor = 0; visitor < 5; visitor++) {
                int changes = random.nextInt(6) == 0 ? 1 + random.nextInt(3) : 0;
                String id = "v" + visitor;
                List<Integer> places = new ArrayList<>();
                for (int change = 0; change < changes; change++) {
                    places.add(random.nextInt(steps.size()));
                }
                Collections.sort(places);
                for (int change = changes - 1; change >= 0; change--) {
                    Finding finding = change % 2 == 0 ? Finding.INVALID : Finding.CLEARED;
                    Verdict verdict = new Verdict("rule", 1, finding, false, START + change);
                    steps.add(places.get(change), () -> harness.take(id, new Judged(verdict)));
                }
                if (changes % 2 == 1) {
                    invalid.add(id);
                }
            }
        }

        /** Before the units of a visitor are sealed, which is its window and the lateness after the first of its exposures. */
        void verdictsInTime(ExperimentHarness harness, SortedMap<Long, List<Runnable>> arrivals, Random random) {
            for (int visitor = 0; visitor < 5; visitor++) {
                String id = "v" + visitor;
                long first = events.stream()
                        .filter(event -> event.visitor().equals(id))
                        .mapToLong(Happened::at)
                        .min()
                        .orElse(START);
                int changes = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0;
                for (int change = 0; change < changes; change++) {
                    Finding finding = change % 2 == 0 ? Finding.INVALID : Finding.CLEARED;
                    Verdict verdict = new Verdict("rule", 1, finding, false, START + change);
                    long time = first + 30L * MINUTE * change + (long) (random.nextDouble() * 30 * MINUTE);
                    at(arrivals, time, () -> harness.take(id, new Judged(verdict)));
                }
                if (changes % 2 == 1) {
                    invalid.add(id);
                }
            }
        }

        /**
         * An order is known for a window after it at least: what is given back later, or before, does not find it. And what
         * is seen after the end does not change anything.
         */
        void leaveOutWhatComesTooLate() {
            long window = versions.get(0).metrics().get(0).window();
            events.removeIf(event ->
                    event.variant() != null && event.at() >= versions.get(0).endedAt());
            events.removeIf(event -> event.order() != null
                    && event.micros() < 0
                    && events.stream()
                            .filter(order -> event.order().equals(order.order()) && order.micros() > 0)
                            .anyMatch(order -> event.at() < order.at() || event.at() > order.at() + window));
        }

        PlainExperiment plain(long now) {
            List<Weights> weights = new ArrayList<>();
            versions.forEach(version -> weights.add(new Weights(since(version), Map.of())));
            return new PlainExperiment(versions.get(versions.size() - 1), weights, events, invalid, now);
        }

        PlainExperiment plainOfFirstVersion(long now) {
            return new PlainExperiment(versions.get(0), List.of(new Weights(START, Map.of())), events, invalid, now);
        }
    }
}
