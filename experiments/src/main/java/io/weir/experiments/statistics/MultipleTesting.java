package io.weir.experiments.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Many comparisons at once: who asks twenty questions is wrong in one of them. */
public final class MultipleTesting {

    private MultipleTesting() {}

    /** Holm's p: to be wrong anywhere is as rare as was asked for. In the order of the given ones. */
    public static double[] holm(double... p) {
        List<Integer> ascending = ascending(p);
        double[] adjusted = new double[p.length];
        double largest = 0;
        for (int rank = 0; rank < p.length; rank++) {
            int i = ascending.get(rank);
            largest = Math.max(largest, Math.min(1, p[i] * (p.length - rank)));
            adjusted[i] = largest;
        }
        return adjusted;
    }

    /** Benjamini's and Hochberg's p: of what is found, the part that is wrong is as small as was asked for. */
    public static double[] benjaminiHochberg(double... p) {
        List<Integer> ascending = ascending(p);
        double[] adjusted = new double[p.length];
        double smallest = 1;
        for (int rank = p.length; rank > 0; rank--) {
            int i = ascending.get(rank - 1);
            smallest = Math.min(smallest, p[i] * p.length / rank);
            adjusted[i] = smallest;
        }
        return adjusted;
    }

    private static List<Integer> ascending(double... p) {
        return IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .toList();
    }
}
