package io.weir.core.verdict;

import java.util.Comparator;

/**
 * One verdict on an interaction.
 *
 * @param rule that decided; {@link #EVERY_RULE} for all of them, by hand
 * @param version of the rule
 * @param finding what was found
 * @param byHand given by a person
 * @param decidedAt milliseconds UTC
 */
public record Verdict(String rule, long version, Finding finding, boolean byHand, long decidedAt) {

    /** The rule of a verdict that stands for all rules. */
    public static final String EVERY_RULE = "*";

    /** The last one counts; of two at the same time, whichever order they came in, the one that finds more. */
    static final Comparator<Verdict> BY_TIME = Comparator.comparingLong(Verdict::decidedAt)
            .thenComparing(Verdict::finding)
            .thenComparingLong(Verdict::version);
}
