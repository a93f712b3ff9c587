package io.weir.traffic;

/** IP addresses out of ranges that are nobody's: private, benchmarking and documentation networks. */
final class Addresses {
    private static final double IPV6_SHARE = 0.15;

    private Addresses() {}

    /** A visitor's own address. */
    static String home(long hash) {
        if (Rng.unit(Rng.mix(hash)) < IPV6_SHARE) {
            return "2001:db8:" + Integer.toHexString((int) (hash >>> 48)) + ":"
                    + Integer.toHexString((int) (hash >>> 32) & 0xFFFF) + "::"
                    + Integer.toHexString(((int) hash & 0xFFF) | 1);
        }
        return "10." + ((hash >>> 40) & 0xFF) + "." + ((hash >>> 24) & 0xFF) + "." + (1 + ((hash >>> 8) & 0xFF) % 254);
    }

    /** An address of a data centre, where robots and frauds live. */
    static String dataCentre(Rng rng) {
        return "198." + (18 + rng.nextInt(2)) + "." + rng.nextInt(256) + "." + (1 + rng.nextInt(254));
    }
}
