package io.weir.experiments.result;

import io.weir.schemas.ExperimentAlertKind;

/**
 * Something that is wrong with an experiment.
 *
 * @param subject what is wrong about what
 * @param message the same in a sentence
 */
record Alarm(Subject subject, String message) {

    /**
     * What an alarm is about.
     *
     * @param variant null for the experiment as a whole
     * @param metric null for none
     */
    record Subject(ExperimentAlertKind kind, String variant, String metric) {

        /** A sample ratio that was wrong once has made the comparison worthless, whatever comes later. */
        boolean isLatched() {
            return kind == ExperimentAlertKind.SAMPLE_RATIO_MISMATCH;
        }

        /** What is said when it is over. */
        Alarm over() {
            return new Alarm(this, "This is over.");
        }
    }

    static Alarm of(ExperimentAlertKind kind, String message) {
        return new Alarm(new Subject(kind, null, null), message);
    }
}
