package io.weir.intake;

/**
 * The names around one {@link AdmitProcessor}.
 *
 * @param name its own
 * @param clockStore store of its clocks
 * @param countsStore store of its counts
 * @param eventsTo child that takes accepted events
 * @param deadLettersTo child that takes dead letters
 * @param countsTo child that takes counts
 */
record AdmitNode(
        String name, String clockStore, String countsStore, String eventsTo, String deadLettersTo, String countsTo) {}
