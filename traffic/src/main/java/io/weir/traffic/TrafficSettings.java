package io.weir.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What traffic to make; see {@link #builder()}. Shares are of events, from 0 to 1.
 *
 * @param seed everything follows from it; default 1
 * @param start event time of the beginning, default 2026-01-05T08:00:00Z, a Monday
 * @param events how many events in all, duplicates and broken ones included; default no limit
 * @param duration how long in event time: what arrives before {@code start + duration}; default no limit
 * @param rate events per second of event time, as the mean of a day; default 200
 * @param dayCurve whether the rate follows the time of day (0.23 to 1.9 times the mean); default true
 * @param visitors how many people there are (four bytes of memory each); default 200 000. Below about 500 for each event
 *     per second there are not enough of them to be away for half an hour between two visits: visits then run into each
 *     other
 * @param visitorExponent Zipf exponent of how often a visitor comes; default 0.7
 * @param pages product pages; default 5 000
 * @param pageExponent Zipf exponent of products; default 0.9
 * @param merchants merchants who sell and advertise; default 200
 * @param merchantExponent Zipf exponent of merchants' advertisements; default 1
 * @param lateShare events that arrive between {@code lateFrom} and {@code lateTo} after they happened; default 0.02.
 *     Others arrive within a second, in batches within half a minute
 * @param lateFrom shortest delay of a late event, default 1 min
 * @param lateTo longest delay of a late event, default 90 min; delays spread evenly over the orders of magnitude
 * @param duplicateShare events that are sent once more, up to five minutes later; default 0.01
 * @param brokenShare events that intake must refuse; default 0.005
 * @param fraudShare events that belong to a fraud; default 0.015
 * @param botShare events of declared robots; default 0.03
 * @param batchShare app visits whose library sends batches; default 0.5
 */
public record TrafficSettings(
        long seed,
        Instant start,
        long events,
        Optional<Duration> duration,
        double rate,
        boolean dayCurve,
        int visitors,
        double visitorExponent,
        int pages,
        double pageExponent,
        int merchants,
        double merchantExponent,
        double lateShare,
        Duration lateFrom,
        Duration lateTo,
        double duplicateShare,
        double brokenShare,
        double fraudShare,
        double botShare,
        double batchShare) {
    /**
     * Checks each setting.
     *
     * @throws IllegalArgumentException if a setting is out of its range; says which
     */
    public TrafficSettings {
        atLeastOne("events", events);
        atLeastOne("visitors", visitors);
        atLeastOne("pages", pages);
        atLeastOne("merchants", merchants);
        aboveZero("rate", rate);
        aboveZero("visitor-exponent", visitorExponent);
        aboveZero("page-exponent", pageExponent);
        aboveZero("merchant-exponent", merchantExponent);
        share("late-share", lateShare);
        share("duplicate-share", duplicateShare);
        share("broken-share", brokenShare);
        share("batch-share", batchShare);
        share("fraud-share + bot-share", fraudShare + botShare);
        share("fraud-share", fraudShare);
        share("bot-share", botShare);
        if (lateFrom.isNegative() || lateFrom.isZero() || lateTo.compareTo(lateFrom) < 0) {
            throw new IllegalArgumentException(
                    "late-from and late-to: expected 0 < late-from ≤ late-to, found " + lateFrom + " and " + lateTo);
        }
    }

    /** The defaults. */
    public static TrafficSettings defaults() {
        return builder().build();
    }

    /** A builder that starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** The end of event time, milliseconds since the epoch; the largest number if there is no limit. */
    long endMillis() {
        return duration.map(length -> start.plus(length).toEpochMilli()).orElse(Long.MAX_VALUE);
    }

    private static void atLeastOne(String name, long value) {
        check(value >= 1, name, "a number of 1 or more", value);
    }

    private static void aboveZero(String name, double value) {
        check(value > 0 && value < Double.POSITIVE_INFINITY, name, "a number above 0", value);
    }

    private static void share(String name, double value) {
        check(value >= 0 && value <= 1, name, "a share from 0 to 1", value);
    }

    private static void check(boolean holds, String name, String expected, Object found) {
        if (!holds) {
            throw new IllegalArgumentException("traffic " + name + ": expected " + expected + ", found " + found);
        }
    }

    /** Changes some settings and leaves the others at their defaults; the names are those of {@link TrafficSettings}. */
    public static final class Builder {
        private long seed = 1;
        private Instant start = Instant.parse("2026-01-05T08:00:00Z");
        private long events = Long.MAX_VALUE;
        private Optional<Duration> duration = Optional.empty();
        private double rate = 200;
        private boolean dayCurve = true;
        private int visitors = 200_000;
        private double visitorExponent = 0.7;
        private int pages = 5_000;
        private double pageExponent = 0.9;
        private int merchants = 200;
        private double merchantExponent = 1;
        private double lateShare = 0.02;
        private Duration lateFrom = Duration.ofMinutes(1);
        private Duration lateTo = Duration.ofMinutes(90);
        private double duplicateShare = 0.01;
        private double brokenShare = 0.005;
        private double fraudShare = 0.015;
        private double botShare = 0.03;
        private double batchShare = 0.5;

        private Builder() {}

        /** See {@link TrafficSettings#seed()}. */
        public Builder seed(long value) {
            this.seed = value;
            return this;
        }

        /** See {@link TrafficSettings#start()}. */
        public Builder start(Instant value) {
            this.start = value;
            return this;
        }

        /** See {@link TrafficSettings#events()}. */
        public Builder events(long value) {
            this.events = value;
            return this;
        }

        /** See {@link TrafficSettings#duration()}. */
        public Builder duration(Duration value) {
            this.duration = Optional.of(value);
            return this;
        }

        /** See {@link TrafficSettings#rate()}. */
        public Builder rate(double value) {
            this.rate = value;
            return this;
        }

        /** See {@link TrafficSettings#dayCurve()}. */
        public Builder dayCurve(boolean value) {
            this.dayCurve = value;
            return this;
        }

        /** See {@link TrafficSettings#visitors()}. */
        public Builder visitors(int value) {
            this.visitors = value;
            return this;
        }

        /** See {@link TrafficSettings#visitorExponent()}. */
        public Builder visitorExponent(double value) {
            this.visitorExponent = value;
            return this;
        }

        /** See {@link TrafficSettings#pages()}. */
        public Builder pages(int value) {
            this.pages = value;
            return this;
        }

        /** See {@link TrafficSettings#pageExponent()}. */
        public Builder pageExponent(double value) {
            this.pageExponent = value;
            return this;
        }

        /** See {@link TrafficSettings#merchants()}. */
        public Builder merchants(int value) {
            this.merchants = value;
            return this;
        }

        /** See {@link TrafficSettings#merchantExponent()}. */
        public Builder merchantExponent(double value) {
            this.merchantExponent = value;
            return this;
        }

        /** See {@link TrafficSettings#lateShare()}. */
        public Builder lateShare(double value) {
            this.lateShare = value;
            return this;
        }

        /** See {@link TrafficSettings#lateFrom()}. */
        public Builder lateFrom(Duration value) {
            this.lateFrom = value;
            return this;
        }

        /** See {@link TrafficSettings#lateTo()}. */
        public Builder lateTo(Duration value) {
            this.lateTo = value;
            return this;
        }

        /** See {@link TrafficSettings#duplicateShare()}. */
        public Builder duplicateShare(double value) {
            this.duplicateShare = value;
            return this;
        }

        /** See {@link TrafficSettings#brokenShare()}. */
        public Builder brokenShare(double value) {
            this.brokenShare = value;
            return this;
        }

        /** See {@link TrafficSettings#fraudShare()}. */
        public Builder fraudShare(double value) {
            this.fraudShare = value;
            return this;
        }

        /** See {@link TrafficSettings#botShare()}. */
        public Builder botShare(double value) {
            this.botShare = value;
            return this;
        }

        /** See {@link TrafficSettings#batchShare()}. */
        public Builder batchShare(double value) {
            this.batchShare = value;
            return this;
        }

        /**
         * The settings.
         *
         * @throws IllegalArgumentException if a setting is out of its range; says which
         */
        public TrafficSettings build() {
            return new TrafficSettings(
                    seed,
                    start,
                    events,
                    duration,
                    rate,
                    dayCurve,
                    visitors,
                    visitorExponent,
                    pages,
                    pageExponent,
                    merchants,
                    merchantExponent,
                    lateShare,
                    lateFrom,
                    lateTo,
                    duplicateShare,
                    brokenShare,
                    fraudShare,
                    botShare,
                    batchShare);
        }
    }
}
