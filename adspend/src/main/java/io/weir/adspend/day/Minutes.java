package io.weir.adspend.day;

/** Minutes since 1970 UTC: nothing in the accounts is finer, since budgets count from whole minutes. */
public final class Minutes {

    /** Milliseconds of a minute. */
    public static final long MILLIS = 60_000;

    private Minutes() {}

    /**
     * The minute of an instant.
     *
     * @param millis milliseconds UTC
     */
    public static long of(long millis) {
        return Math.floorDiv(millis, MILLIS);
    }

    /**
     * The first minute that begins at an instant or after it.
     *
     * @param millis milliseconds UTC
     */
    public static long from(long millis) {
        return -Math.floorDiv(-millis, MILLIS);
    }

    /**
     * The first instant of a minute, milliseconds UTC.
     *
     * @param minute minutes since 1970 UTC
     */
    public static long start(long minute) {
        return minute * MILLIS;
    }
}
