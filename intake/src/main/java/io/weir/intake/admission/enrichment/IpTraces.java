package io.weir.intake.admission.enrichment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.weir.intake.admission.AdmissionSettings;

/**
 * What is left of an IP address: its keyed hash (of its text as RFC 5952 writes it) and its network. Remembers the last
 * {@value #REMEMBERED} addresses. Safe for threads.
 */
final class IpTraces {

    /** Some 10 MB; a visitor's events come close together, so that most are found. */
    private static final int REMEMBERED = 50_000;

    /** Longest text that is looked at; no address is longer. */
    private static final int LONGEST = 64;

    private static final Trace NONE = new Trace(null, null);

    private final Cache<String, Trace> remembered =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    private final boolean prefix;
    private final ThreadLocal<KeyedHash> hash;

    IpTraces(AdmissionSettings settings) {
        byte[] key = settings.hashKeyBytes();
        this.prefix = settings.ipPrefix();
        this.hash = settings.ipHash() ? ThreadLocal.withInitial(() -> new KeyedHash(key)) : null;
    }

    /** The trace of an address as sent; null, or what is no address, leaves none. */
    Trace of(String ip) {
        boolean off = hash == null && !prefix;
        return ip == null || ip.length() > LONGEST || off ? NONE : remembered.get(ip, this::leave);
    }

    private Trace leave(String ip) {
        return IpAddress.parse(ip.strip())
                .map(address -> new Trace(
                        hash == null ? null : hash.get().of(address.canonical()), prefix ? address.prefix() : null))
                .orElse(NONE);
    }

    /**
     * What is left of an address.
     *
     * @param hash HMAC-SHA-256 in hexadecimal, or null
     * @param prefix network, or null
     */
    record Trace(String hash, String prefix) {}
}
