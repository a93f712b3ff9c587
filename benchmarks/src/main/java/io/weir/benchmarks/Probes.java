package io.weir.benchmarks;

import io.weir.experiments.statistics.SampleRatio;
import io.weir.schemas.EventKind;
import io.weir.schemas.ExperimentDefinition;
import io.weir.schemas.ExperimentMetric;
import io.weir.schemas.ExperimentVariant;
import io.weir.schemas.MerchantBudget;
import io.weir.schemas.MetricType;
import io.weir.schemas.MultipleExposure;
import io.weir.schemas.UnitType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is measured, a few messages at a time. Each time: the first click of a merchant whose cap is one click; a first exposure and,
 * a second later, an order of one visitor; and one exposure each of an experiment that gets all its traffic on one variant, and of one of
 * which one variant never buys.
 */
final class Probes {

    private static final String PROBE = "probe-";
    private static final String MEASURED = "measured-";
    private static final String SPLIT = "split-";
    private static final String SILENT = "silent-";
    /** Experiments among which measured exposures are spread. */
    private static final int EXPERIMENTS = 50;
    /** Experiments that break, of each sort: few, so that each gets enough units within the time. */
    private static final int BROKEN = 10;
    /** Planned is that the treatment gets nearly all: so some forty units of control alone are a mismatch. */
    private static final double TREATMENT_WEIGHT = 99;
    /** So many orders of control and none of the treatment raise the alert. */
    private static final int DECISIVE_ORDERS = 10;

    private final int count;
    private final int perSecond;
    private final int decisiveUnits = decisiveUnits();

    /** A message, and the visitor whose it is. */
    record Message(String visitor, String json) {}

    Probes(int count, int perSecond) {
        this.count = count;
        this.perSecond = perSecond;
    }

    private static int decisiveUnits() {
        SampleRatio planned = new SampleRatio(1, TREATMENT_WEIGHT);
        return IntStream.iterate(1, units -> units + 1)
                .filter(units -> SampleRatio.check(
                                List.of(new SampleRatio.Observed(planned, List.of((long) units, 0L))))
                        .isMismatch())
                .findFirst()
                .orElseThrow();
    }

    /** Clicks, exposures and orders that are measured, of each as many. */
    int count() {
        return count;
    }

    /** Times at which something is sent: orders come a second after their exposures. */
    int times() {
        return count + perSecond;
    }

    /** What is to be sent at a time, which is the time's number. */
    List<Message> at(int time) {
        List<Message> messages = new ArrayList<>();
        if (time < count) {
            messages.add(click(time));
            messages.add(exposure(time, MEASURED + time, MEASURED + time % EXPERIMENTS, "control"));
            messages.add(exposure(time, SPLIT + time, SPLIT + time % BROKEN, "control"));
            messages.add(
                    exposure(time, SILENT + time, SILENT + time % BROKEN, converts(time) ? "control" : "treatment"));
        }
        int before = time - perSecond;
        if (before >= 0) {
            messages.add(order(MEASURED + before));
            if (converts(before)) {
                messages.add(order(SILENT + before));
            }
        }
        return messages;
    }

    /** Every other unit of an experiment is of the control, which buys. */
    private static boolean converts(int time) {
        return time / BROKEN % 2 == 0;
    }

    private static Message click(int time) {
        return message("Ad Clicked", "click-" + time, MEASURED + time, "\"merchant_id\":\"" + PROBE + time + "\"");
    }

    private static Message exposure(int time, String visitor, String experiment, String variant) {
        return message(
                "Experiment Viewed",
                "exposure-" + experiment + "-" + time,
                visitor,
                "\"experiment_id\":\"" + experiment + "\",\"variation_id\":\"" + variant + "\"");
    }

    private static Message order(String visitor) {
        return message(
                "Order Completed",
                "order-" + visitor,
                visitor,
                "\"order_id\":\"o-" + visitor + "\",\"revenue\":10.00,\"currency\":\"EUR\",\"merchant_id\":\"shop\"");
    }

    private static Message message(String event, String id, String visitor, String properties) {
        return new Message(visitor, """
                {"type":"track","event":"%s","messageId":"%s","anonymousId":"%s","timestamp":"%s","properties":{%s}}""".formatted(event, id, visitor, Instant.now(), properties));
    }

    /** The budgets of the merchants that are clicked: a click each. */
    List<MerchantBudget> budgets(Instant from) {
        return IntStream.range(0, count)
                .mapToObj(probe -> new MerchantBudget(
                        PROBE + probe, "EUR", "UTC", 1_000_000L, 1_000_000L, null, null, Map.of(), 1L, from))
                .toList();
    }

    /** The definitions of the experiments that break. */
    List<ExperimentDefinition> definitions() {
        return IntStream.range(0, BROKEN)
                .boxed()
                .flatMap(number ->
                        Stream.of(definition(SPLIT + number, TREATMENT_WEIGHT), definition(SILENT + number, 1)))
                .toList();
    }

    private static ExperimentDefinition definition(String id, double treatmentWeight) {
        return new ExperimentDefinition(
                id,
                null,
                UnitType.VISITOR,
                List.of(
                        new ExperimentVariant("control", 1.0, true),
                        new ExperimentVariant("treatment", treatmentWeight, false)),
                List.of(new ExperimentMetric(
                        "conversion",
                        MetricType.CONVERSION,
                        EventKind.purchase,
                        null,
                        null,
                        Duration.ofDays(7).toMillis(),
                        null,
                        null,
                        null)),
                null,
                null,
                0.05,
                5_000L,
                MultipleExposure.EXCLUDE,
                1L);
    }

    /** Whether a merchant is one of those that are clicked. */
    boolean isMerchant(String id) {
        return id.startsWith(PROBE);
    }

    /** The time of a merchant's click. */
    int timeOfClick(String merchant) {
        return Integer.parseInt(merchant.substring(PROBE.length()));
    }

    /** Whether a visitor clicks, or an experiment has measured exposures. */
    boolean isMeasured(String id) {
        return id.startsWith(MEASURED);
    }

    /** The number of a visitor, which is the time of its click, or of an experiment, which is that of its first exposure. */
    int number(String measured) {
        return Integer.parseInt(measured.substring(MEASURED.length()));
    }

    /** The time of an experiment's n-th exposure, from 0. */
    int timeOfUnit(String experiment, int unit) {
        return number(experiment) + unit * EXPERIMENTS;
    }

    /** The time of an experiment's n-th order, from 0. */
    int timeOfOrder(String experiment, int order) {
        return timeOfUnit(experiment, order) + perSecond;
    }

    /** The time of the exposure that makes all traffic on one variant a mismatch; -1 for an experiment that is not of that sort. */
    int timeOfMismatch(String experiment) {
        return experiment.startsWith(SPLIT)
                ? Integer.parseInt(experiment.substring(SPLIT.length())) + (decisiveUnits - 1) * BROKEN
                : -1;
    }

    /** The time of the order that makes none of the other variant impossible; -1 for an experiment that is not of that sort. */
    int timeOfSilence(String experiment) {
        return experiment.startsWith(SILENT)
                ? Integer.parseInt(experiment.substring(SILENT.length()))
                        + 2 * (DECISIVE_ORDERS - 1) * BROKEN
                        + perSecond
                : -1;
    }
}
