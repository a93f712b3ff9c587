package io.weir.benchmarks;

import io.weir.experiments.definition.Definition;
import io.weir.experiments.definition.Experiment;
import io.weir.experiments.definition.Metric;
import io.weir.experiments.definition.Variant;
import io.weir.experiments.result.Results;
import io.weir.experiments.total.Totals;
import io.weir.experiments.unit.Contribution;
import io.weir.experiments.unit.Contribution.MetricShare;
import io.weir.experiments.unit.Contribution.Value;
import io.weir.experiments.unit.Standing;
import io.weir.schemas.ComparisonView;
import io.weir.schemas.Decision;
import io.weir.schemas.DifferenceEstimate;
import io.weir.schemas.EventKind;
import io.weir.schemas.ExperimentResults;
import io.weir.schemas.MetricType;
import io.weir.schemas.VariantComparison;
import io.weir.traffic.Experiment.Target;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Experiments in which both variants are the same, looked at after every second: how often each rule declares a difference
 * that is none. The traffic generator deals the variants out; what the units contribute is added up and decided by what the
 * service itself uses, of units whose window has passed.
 */
@Command(name = "false-positives", mixinStandardHelpOptions = true, description = "Simulates A/A experiments.")
public final class FalsePositives implements Callable<Integer> {

    private static final double CONVERSION = 0.02;
    /** A median order of 40 and a mean of 123: one order in a hundred is above 1 300. */
    private static final double MEDIAN_MICROS = 40e6;

    private static final double SIGMA = 1.5;

    @Option(names = "--experiments", defaultValue = "1000", description = "Experiments (default ${DEFAULT-VALUE}).")
    private int experiments;

    @Option(names = "--seconds", defaultValue = "3600", description = "Looks at each (default ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--units", defaultValue = "40", description = "Units a second (default ${DEFAULT-VALUE}).")
    private int unitsPerSecond;

    @Option(names = "--seed", defaultValue = "20261122", description = "Seed (default ${DEFAULT-VALUE}).")
    private long seed;

    /** Runs the simulation and prints a table. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FalsePositives()).execute(arguments));
    }

    @Override
    public Integer call() {
        System.out.printf(
                Locale.ROOT,
                "%,d experiments without a difference, two variants, %d units a second, %,d looks, alpha %.2f%n%n",
                experiments,
                unitsPerSecond,
                seconds,
                Definition.DEFAULT_ALPHA);
        System.out.println(
                "| metric | fixed horizon, at every look | at the last look | always valid | decided | sample ratio |");
        System.out.println("|---|---:|---:|---:|---:|---:|");
        simulate("2 % conversion", MetricType.CONVERSION);
        simulate("revenue, lognormal", MetricType.REVENUE);
        return 0;
    }

    private void simulate(String title, MetricType type) {
        List<Declared> all = IntStream.range(0, experiments)
                .parallel()
                .mapToObj(number -> run(number, type))
                .toList();
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f %% | %.1f %% | %.1f %% | %.1f %% | %.1f %% |%n",
                title,
                percent(all.stream().filter(one -> one.peeking).count()),
                percent(all.stream().filter(one -> one.fixed).count()),
                percent(all.stream().filter(one -> one.sequential).count()),
                percent(all.stream().filter(one -> one.decided).count()),
                percent(all.stream().filter(one -> one.mismatch).count()));
    }

    private double percent(long count) {
        return 100.0 * count / experiments;
    }

    private Declared run(int number, MetricType type) {
        Experiment experiment = experiment("same-" + number, type);
        io.weir.traffic.Experiment dealt = new io.weir.traffic.Experiment(
                experiment.definition().id(),
                Target.NOTHING,
                List.of(
                        new io.weir.traffic.Experiment.Variant("control", 50, 0),
                        new io.weir.traffic.Experiment.Variant("same", 50, 0)));
        Random random = new Random(seed + number);
        Totals totals = new Totals();
        totals.reached(0);
        Declared declared = new Declared();
        for (int second = 0; second < seconds; second++) {
            for (int unit = 0; unit < unitsPerSecond; unit++) {
                String visitor = "visitor-" + (second * unitsPerSecond + unit);
                totals.add(contribution(dealt.variantOf(visitor).id(), type, random));
            }
            declared.look(Results.of(experiment, totals));
        }
        return declared;
    }

    private static Experiment experiment(String id, MetricType type) {
        return Experiment.of(new Definition(
                id,
                false,
                false,
                List.of(new Variant("control", 1, true), new Variant("same", 1, false)),
                List.of(new Metric("metric", type, EventKind.purchase, null, null, 1, null, null, null)),
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                Definition.DEFAULT_ALPHA,
                Definition.DEFAULT_TUNING,
                false,
                1));
    }

    private static Contribution contribution(String variant, MetricType type, Random random) {
        List<Value> values = random.nextDouble() < CONVERSION ? List.of(value(type, random)) : List.of();
        return new Contribution(
                Standing.COUNTED, false, 0, variant, 0, 0, List.of(), List.of(new MetricShare("metric", true, values)));
    }

    private static Value value(MetricType type, Random random) {
        return type == MetricType.CONVERSION
                ? new Value("", 1, true, 0)
                : new Value("EUR", (long) (MEDIAN_MICROS * Math.exp(SIGMA * random.nextGaussian())), true, 1);
    }

    /** What was ever declared in one experiment. */
    private static final class Declared {
        private boolean peeking;
        private boolean fixed;
        private boolean sequential;
        private boolean decided;
        private boolean mismatch;

        void look(ExperimentResults results) {
            VariantComparison comparison = results.getComparisons().stream()
                    .filter(one -> one.getView() == ComparisonView.MATURED)
                    .findFirst()
                    .orElseThrow();
            DifferenceEstimate difference = comparison.getAbsolute();
            fixed = difference != null && difference.getP() < Definition.DEFAULT_ALPHA;
            peeking |= fixed;
            sequential |= difference != null && difference.getSequentialP() < Definition.DEFAULT_ALPHA;
            decided |= comparison.getDecision() != Decision.NONE;
            mismatch |= results.getSrm().getMismatch();
        }
    }
}
