package io.weir.experiments.unit;

import io.weir.experiments.definition.Definition;
import io.weir.experiments.definition.Experiment;
import io.weir.experiments.definition.Metric;
import io.weir.experiments.unit.Contribution.MetricShare;
import io.weir.experiments.unit.Contribution.Value;
import io.weir.schemas.EventKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rule by which a unit's doings count for an experiment: the first exposure by event time is the anchor, and what it did
 * in {@code anchor ≤ time < anchor + window} counts; a refund counts at its order's time. A pure function of what is known of
 * the unit, of the experiment and of the time.
 */
public final class Attribution {

    /** Currency of what is not money. */
    private static final String NONE = "";

    private final Unit unit;
    private final Experiment experiment;
    private final Definition definition;

    /** Of a unit in an experiment. */
    public Attribution(Unit unit, Experiment experiment) {
        this.unit = unit;
        this.experiment = experiment;
        this.definition = experiment.definition();
    }

    /**
     * What the unit adds; empty if it never saw the experiment.
     *
     * @param now windows that have passed by then are matured, milliseconds UTC
     */
    public Optional<Contribution> contribution(long now) {
        Optional<Anchor> anchor = anchor();
        if (anchor.isEmpty()) {
            return Optional.empty();
        }
        long at = anchor.get().at();
        String variant = anchor.get().variant();
        Standing standing = standing();
        boolean multiple = standing != Standing.BOT && standing != Standing.INVALID && variants() > 1;
        Optional<Contribution> last = settled();
        if (last.isPresent()) {
            // Whether it counts may change as long as the experiment runs.
            return Optional.of(new Contribution(
                    standing,
                    multiple,
                    last.get().epoch(),
                    variant,
                    at,
                    last.get().refunds(),
                    last.get().isAnchored() ? unknown(standing) : last.get().unknownVariants(),
                    last.get().metrics()));
        }
        if (variants() == 0) {
            return Optional.of(new Contribution(standing, false, 0, variant, at, 0, unknown(standing), List.of()));
        }
        List<MetricShare> shares = new ArrayList<>();
        SortedMap<Conversion, Long> placed = placed();
        for (Metric metric : definition.metrics()) {
            shares.add(new MetricShare(metric.id(), now >= at + metric.window(), values(metric, at, placed)));
        }
        return Optional.of(new Contribution(
                standing,
                multiple,
                experiment.epochAt(at),
                variant,
                at,
                refunds(at, placed),
                unknown(standing),
                shares));
    }

    /** Variants that somebody shows and nobody ever defined, also to units that count for another. */
    private List<String> unknown(Standing standing) {
        return standing == Standing.BOT || standing == Standing.INVALID
                ? List.of()
                : unit.exposures(definition.id()).stream()
                        .map(Exposure::variant)
                        .filter(variant -> !experiment.knew(variant))
                        .toList();
    }

    /**
     * Where its windows begin.
     *
     * @param variant that it counts for
     * @param at milliseconds UTC
     */
    record Anchor(String variant, long at) {}

    /** The first exposure that counts, and the first of all if none does; of values that are sealed, the one that was when they were. */
    Optional<Anchor> anchor() {
        Optional<Contribution> last = settled();
        return last.isPresent()
                ? Optional.of(new Anchor(last.get().variant(), last.get().anchor()))
                : firstExposure().map(first -> new Anchor(first.variant(), first.at()));
    }

    /** What was counted last, if that stays: what the unit did is forgotten, and was measured from that anchor. */
    private Optional<Contribution> settled() {
        return unit.isSealed(definition.id())
                ? Optional.ofNullable(unit.contribution(definition.id()))
                : Optional.empty();
    }

    private Optional<Exposure> firstExposure() {
        Comparator<Exposure> order = Comparator.comparing((Exposure exposure) -> !counts(exposure))
                .thenComparing((a, b) -> a.isBefore(b) ? -1 : b.isBefore(a) ? 1 : 0);
        return unit.exposures(definition.id()).stream().min(order);
    }

    private boolean counts(Exposure exposure) {
        return experiment.knew(exposure.variant()) && definition.runsAt(exposure.at());
    }

    private long variants() {
        return unit.exposures(definition.id()).stream().filter(this::counts).count();
    }

    /** How the unit stands. */
    Standing standing() {
        if (unit.isBot()) {
            return Standing.BOT;
        }
        if (unit.isInvalid()) {
            return Standing.INVALID;
        }
        Optional<Contribution> last = settled().filter(contribution -> !contribution.isAnchored());
        if (last.isPresent()) {
            return last.get().standing() == Standing.UNKNOWN_VARIANT ? Standing.UNKNOWN_VARIANT : Standing.NOT_RUNNING;
        }
        long variants = variants();
        if (variants > 1 && !definition.keepFirst()) {
            return Standing.MULTIPLE;
        }
        if (variants > 0) {
            return Standing.COUNTED;
        }
        boolean known = unit.exposures(definition.id()).stream().anyMatch(seen -> experiment.knew(seen.variant()));
        return known ? Standing.NOT_RUNNING : Standing.UNKNOWN_VARIANT;
    }

    /** The time at which each thing counts, by the thing; a refund whose order is not known is not among them. */
    private SortedMap<Conversion, Long> placed() {
        SortedMap<Conversion, Long> placed = new TreeMap<>(Conversion.BY_TIME);
        for (Conversion conversion : unit.conversions()) {
            place(conversion).ifPresent(at -> placed.put(conversion, at));
        }
        return placed;
    }

    /** When it counts: a refund at its order's time. */
    OptionalLong place(Conversion conversion) {
        return origin(conversion).map(Conversion::at).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /** What decides when, and for which merchant, something counts: of a refund its order, if that is known. */
    private Optional<Conversion> origin(Conversion conversion) {
        if (!conversion.isRefund()) {
            return Optional.of(conversion);
        }
        return unit.conversions().stream()
                .filter(Conversion::isOrder)
                .filter(order -> order.order().equals(conversion.order())
                        && order.currency().equals(conversion.currency()))
                .findFirst();
    }

    private static boolean isWithin(long time, long anchor, Metric metric) {
        return time >= anchor && time < anchor + metric.window();
    }

    private boolean looksAt(Metric metric, Conversion conversion) {
        String merchant = origin(conversion).map(Conversion::merchant).orElse(conversion.merchant());
        return metric.counts(conversion.kind(), conversion.event(), merchant);
    }

    private List<Value> values(Metric metric, long anchor, SortedMap<Conversion, Long> placed) {
        SortedMap<String, Purse> byCurrency = new TreeMap<>();
        placed.forEach((conversion, at) -> {
            if (looksAt(metric, conversion) && isWithin(at, anchor, metric)) {
                String currency = conversion.currency() == null ? NONE : conversion.currency();
                byCurrency.computeIfAbsent(currency, any -> new Purse()).add(conversion);
            }
        });
        List<Value> values = new ArrayList<>();
        byCurrency.forEach((currency, purse) -> values.add(purse.value(metric, currency)));
        return values;
    }

    private int refunds(long anchor, SortedMap<Conversion, Long> placed) {
        Set<Conversion> counted = new HashSet<>();
        for (Metric metric : definition.metrics()) {
            placed.forEach((conversion, at) -> {
                if (conversion.isRefund() && looksAt(metric, conversion) && isWithin(at, anchor, metric)) {
                    counted.add(conversion);
                }
            });
        }
        return counted.size();
    }

    /** What a unit did within the window, in one currency. */
    private static final class Purse {
        private final Map<String, Long> orders = new TreeMap<>();
        private long number;
        private long net;

        void add(Conversion conversion) {
            number++;
            net = Math.addExact(net, conversion.micros());
            if (conversion.kind() == EventKind.purchase) {
                orders.merge(conversion.order(), conversion.micros(), Math::addExact);
            }
        }

        /** Of purchases, orders that were given back do not count. */
        Value value(Metric metric, String currency) {
            boolean purchases = metric.kind() == EventKind.purchase;
            long paid = orders.values().stream().filter(micros -> micros > 0).count();
            long done = purchases ? paid : number;
            boolean converter = purchases ? net > 0 : number > 0;
            long value = switch (metric.type()) {
                case REVENUE -> metric.capMicros() == null ? net : Math.min(net, metric.capMicros());
                case COUNT -> done;
                case CONVERSION, UNKNOWN -> converter ? 1 : 0;
            };
            return new Value(currency, value, converter, orders.size());
        }
    }

    /** Whether some metric would count it by its time. */
    public boolean isMeasured(Conversion conversion) {
        long anchor = anchor().map(Anchor::at).orElse(Long.MAX_VALUE);
        OptionalLong at = place(conversion);
        return at.isPresent()
                && definition.metrics().stream()
                        .anyMatch(metric -> looksAt(metric, conversion) && isWithin(at.getAsLong(), anchor, metric));
    }

    /**
     * Why a metric counts something that the unit did, or does not.
     *
     * @param currency of the metric; null where it is not known
     */
    public Reason reason(Conversion conversion, Metric metric, String currency) {
        Optional<Anchor> anchor = anchor();
        if (anchor.isEmpty() || !looksAt(metric, conversion)) {
            return Reason.NOT_MEASURED;
        }
        OptionalLong at = place(conversion);
        if (at.isEmpty()) {
            return Reason.ORDER_UNKNOWN;
        }
        if (at.getAsLong() < anchor.get().at()) {
            return Reason.TOO_EARLY;
        }
        if (!isWithin(at.getAsLong(), anchor.get().at(), metric)) {
            return Reason.WINDOW_OVER;
        }
        if (standing() != Standing.COUNTED) {
            return Reason.EXCLUDED;
        }
        if (unit.isLate(definition.id(), conversion) || cameAfterwards(metric)) {
            return Reason.TOO_LATE;
        }
        if (currency != null && conversion.currency() != null && !currency.equals(conversion.currency())) {
            return Reason.OTHER_CURRENCY;
        }
        return isGivenBack(conversion) ? Reason.REFUNDED : Reason.COUNTED;
    }

    /** A metric that was defined when the unit's numbers were final has none of it. */
    private boolean cameAfterwards(Metric metric) {
        return settled()
                .filter(counted -> counted.metrics().stream()
                        .noneMatch(share -> share.metric().equals(metric.id())))
                .isPresent();
    }

    private boolean isGivenBack(Conversion conversion) {
        if (!conversion.isOrder() || conversion.micros() == 0) {
            return false;
        }
        long left = unit.conversions().stream()
                .filter(other -> other.kind() == EventKind.purchase
                        && !unit.isLate(definition.id(), other)
                        && other.order().equals(conversion.order())
                        && other.currency().equals(conversion.currency()))
                .mapToLong(Conversion::micros)
                .sum();
        return left <= 0;
    }
}
