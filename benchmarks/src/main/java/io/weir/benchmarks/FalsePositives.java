package io.weir.benchmarks;

import io.weir.experiments.statistics.AlwaysValid;
import io.weir.experiments.statistics.Difference;
import io.weir.experiments.statistics.FixedHorizon;
import io.weir.experiments.statistics.Sample;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Experiments in which both variants are the same, looked at after every second: how often each rule declares a difference
 * that is none. By the product's own statistics, of units whose window has passed.
 */
@Command(name = "false-positives", mixinStandardHelpOptions = true, description = "Simulates A/A experiments.")
public final class FalsePositives implements Callable<Integer> {

    private static final double ALPHA = 0.05;
    private static final double TUNING = 5_000;
    private static final long LEAST_CONVERTERS = 100;
    private static final double CONVERSION = 0.02;
    /** A median order of 40 and a mean of 123: one order in a hundred is above 1 300. */
    private static final double MEDIAN = 40;

    private static final double SIGMA = 1.5;

    @Option(names = "--experiments", defaultValue = "1000", description = "Experiments (default ${DEFAULT-VALUE}).")
    private int experiments;

    @Option(names = "--seconds", defaultValue = "3600", description = "Looks at each (default ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--units",
            defaultValue = "20",
            description = "Units of each variant a second (default ${DEFAULT-VALUE}).")
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
                "%,d experiments without a difference, two variants, %d units a second of each, %,d looks, alpha %.2f%n%n",
                experiments,
                unitsPerSecond,
                seconds,
                ALPHA);
        System.out.println(
                "| metric | fixed horizon, at every look | at the last look | always valid | always valid, from "
                        + LEAST_CONVERTERS + " converters of each |");
        System.out.println("|---|---:|---:|---:|---:|");
        simulate("2 % conversion", random -> 1);
        simulate("revenue, lognormal", random -> MEDIAN * Math.exp(SIGMA * random.nextGaussian()));
        return 0;
    }

    private void simulate(String metric, ToDoubleFunction<RandomGenerator> value) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Tally tally = new Tally();
        for (int i = 0; i < experiments; i++) {
            tally.add(run(random, value));
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f %% | %.1f %% | %.1f %% | %.1f %% |%n",
                metric,
                tally.share(tally.peeking),
                tally.share(tally.fixed),
                tally.share(tally.sequential),
                tally.share(tally.decided));
    }

    private Declared run(RandomGenerator random, ToDoubleFunction<RandomGenerator> value) {
        Arm control = new Arm();
        Arm treatment = new Arm();
        AlwaysValid alwaysValid = new AlwaysValid(ALPHA, TUNING);
        Declared declared = new Declared();
        for (int second = 1; second <= seconds; second++) {
            for (int unit = 0; unit < unitsPerSecond; unit++) {
                control.add(random, value);
                treatment.add(random, value);
            }
            Optional<Difference> difference = Difference.absolute(control.sample(), treatment.sample());
            if (difference.isPresent()) {
                boolean enough = Math.min(control.converters, treatment.converters) >= LEAST_CONVERTERS;
                declared.look(
                        FixedHorizon.p(difference.get()) < ALPHA, alwaysValid.p(difference.get()) < ALPHA, enough);
            }
        }
        return declared;
    }

    /** One variant. */
    private static final class Arm {
        private long n;
        private long converters;
        private double sum;
        private double squares;

        void add(RandomGenerator random, ToDoubleFunction<RandomGenerator> value) {
            n++;
            if (random.nextDouble() < CONVERSION) {
                double y = value.applyAsDouble(random);
                converters++;
                sum += y;
                squares += y * y;
            }
        }

        Sample sample() {
            return Sample.of((double) n, sum, squares);
        }
    }

    /** What was ever declared in one experiment. */
    private static final class Declared {
        private boolean peeking;
        private boolean fixed;
        private boolean sequential;
        private boolean decided;

        void look(boolean fixedNow, boolean sequentialNow, boolean enough) {
            peeking |= fixedNow;
            fixed = fixedNow;
            sequential |= sequentialNow;
            decided |= sequentialNow && enough;
        }
    }

    private static final class Tally {
        private int all;
        private int peeking;
        private int fixed;
        private int sequential;
        private int decided;

        void add(Declared declared) {
            all++;
            peeking += declared.peeking ? 1 : 0;
            fixed += declared.fixed ? 1 : 0;
            sequential += declared.sequential ? 1 : 0;
            decided += declared.decided ? 1 : 0;
        }

        double share(int count) {
            return 100.0 * count / all;
        }
    }
}
