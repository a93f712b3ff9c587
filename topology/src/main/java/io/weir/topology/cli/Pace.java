package io.weir.topology.cli;

import picocli.CommandLine;

/**
 * How fast recorded events are replayed.
 *
 * @param factor how many recorded seconds pass in a second; infinite for as fast as it goes
 */
record Pace(double factor) {

    private static final String MAX = "max";
    private static final double FASTEST = 1e6;

    /** As fast as it goes. */
    boolean unlimited() {
        return Double.isInfinite(factor);
    }

    /** How long a recorded distance takes, both in milliseconds. */
    long millis(long recorded) {
        return unlimited() ? 0 : Math.round(recorded / factor);
    }

    /** Reads {@code 10x} or {@code max}. */
    static final class Converter implements CommandLine.ITypeConverter<Pace> {

        @Override
        public Pace convert(String text) {
            if (text.equals(MAX)) {
                return new Pace(Double.POSITIVE_INFINITY);
            }
            try {
                double factor = Double.parseDouble(text.endsWith("x") ? text.substring(0, text.length() - 1) : "?");
                if (factor > 0 && factor <= FASTEST) {
                    return new Pace(factor);
                }
            } catch (NumberFormatException e) {
                throw wrong(text);
            }
            throw wrong(text);
        }

        private static CommandLine.TypeConversionException wrong(String text) {
            return new CommandLine.TypeConversionException(
                    "expected a factor such as 10x, or max, found \"" + text + "\"");
        }
    }
}
