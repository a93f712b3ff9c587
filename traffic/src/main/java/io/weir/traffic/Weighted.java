package io.weir.traffic;

import java.util.ArrayList;
import java.util.List;

/** A short list of choices with weights; for lists of tens, where walking is as fast as anything cleverer. */
final class Weighted<T> {
    private final List<T> choices = new ArrayList<>();
    private final List<Double> upTo = new ArrayList<>();
    private double total;

    Weighted<T> with(T choice, double weight) {
        total += weight;
        choices.add(choice);
        upTo.add(total);
        return this;
    }

    T pick(Rng rng) {
        return at(rng.nextDouble());
    }

    /**
     * The choice at a point of the scale.
     *
     * @param unit from 0 (included) to 1 (excluded)
     */
    T at(double unit) {
        double point = unit * total;
        int last = choices.size() - 1;
        for (int i = 0; i < last; i++) {
            if (point < upTo.get(i)) {
                return choices.get(i);
            }
        }
        return choices.get(last);
    }

    List<T> choices() {
        return List.copyOf(choices);
    }
}
