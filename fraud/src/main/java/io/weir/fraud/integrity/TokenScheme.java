package io.weir.fraud.integrity;

import java.util.Arrays;
import java.util.Optional;

/** How a token is made. */
enum TokenScheme {
    /** Signed: header, payload, signature. */
    JWS("jws", 3),
    /** Encrypted: header, encrypted key, initialization vector, ciphertext, tag. */
    JWE("jwe", 5);

    private final String written;
    private final int parts;

    TokenScheme(String written, int parts) {
        this.written = written;
        this.parts = parts;
    }

    /** The scheme as events name it; empty if it is none. */
    static Optional<TokenScheme> named(String name) {
        return Arrays.stream(values())
                .filter(scheme -> scheme.written.equals(name))
                .findFirst();
    }

    /** The scheme whose tokens have so many parts; empty if it is none. */
    static Optional<TokenScheme> withParts(int count) {
        return Arrays.stream(values()).filter(scheme -> scheme.parts == count).findFirst();
    }
}
