package io.weir.query.access;

import java.util.Optional;

/**
 * One thing that a token may do.
 *
 * @param scope what it may read
 * @param merchant of whom alone; empty for all
 */
public record Grant(Scope scope, Optional<String> merchant) {

    /**
     * Reads a grant, such as {@code experiments:read} or {@code adspend:read:m-17}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Grant of(String text) {
        Optional<Scope> whole = Scope.of(text);
        if (whole.isPresent()) {
            return new Grant(whole.get(), Optional.empty());
        }
        String prefix = Scope.ADSPEND.text() + ":";
        if (text.startsWith(prefix) && text.length() > prefix.length()) {
            return new Grant(Scope.ADSPEND, Optional.of(text.substring(prefix.length())));
        }
        throw new IllegalArgumentException(text);
    }

    /** Whether it is enough to read this; {@code merchant} is whose data it is, null if it is nobody's. */
    boolean covers(Scope wanted, String ofMerchant) {
        return scope == Scope.ADMIN
                || (scope == wanted && (merchant.isEmpty() || merchant.get().equals(ofMerchant)));
    }
}
