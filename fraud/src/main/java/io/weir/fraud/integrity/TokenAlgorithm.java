package io.weir.fraud.integrity;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import java.util.Arrays;
import java.util.Optional;

/** The algorithms that are accepted. Which of them, is for the key to say: the header's word only has to agree. */
enum TokenAlgorithm {
    /** ECDSA over P-256 with SHA-256. */
    ES256(TokenScheme.JWS),
    /** RSASSA-PKCS1-v1_5 with SHA-256. */
    RS256(TokenScheme.JWS),
    /** EdDSA over Ed25519. */
    ED25519(TokenScheme.JWS),
    /** AES-256-GCM with the key itself. */
    DIRECT(TokenScheme.JWE);

    private static final String CONTENT_ENCRYPTION = "A256GCM";

    private final TokenScheme scheme;

    TokenAlgorithm(TokenScheme scheme) {
        this.scheme = scheme;
    }

    /** The algorithm that a header names; empty if it is not accepted in a token of that scheme. */
    static Optional<TokenAlgorithm> named(String name, TokenScheme scheme) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.scheme == scheme && algorithm.isNamed(name))
                .findFirst();
    }

    private boolean isNamed(String name) {
        return switch (this) {
            case ES256 -> name.equals("ES256");
            case RS256 -> name.equals("RS256");
            // Its old name, and that of RFC 9864.
            case ED25519 -> name.equals("EdDSA") || name.equals("Ed25519");
            case DIRECT -> name.equals("dir");
        };
    }

    /** Whether a header's method of encryption is the one that goes with {@link #DIRECT}. */
    static boolean encryptsContent(String method) {
        return method.equals(CONTENT_ENCRYPTION);
    }

    /** Whether a key of the right type does not say that it is for something else, or for nothing any more. */
    boolean isAllowedBy(JWK key) {
        KeyUse use = scheme == TokenScheme.JWS ? KeyUse.SIGNATURE : KeyUse.ENCRYPTION;
        KeyOperation operation = scheme == TokenScheme.JWS ? KeyOperation.VERIFY : KeyOperation.DECRYPT;
        return (key.getAlgorithm() == null || isNamedInKey(key.getAlgorithm()))
                && (key.getKeyUse() == null || key.getKeyUse().equals(use))
                && (key.getKeyOperations() == null || key.getKeyOperations().contains(operation))
                && key.getKeyRevocation() == null;
    }

    /** A secret may be said to be for either of the two names that its tokens bear. */
    private boolean isNamedInKey(Algorithm algorithm) {
        return isNamed(algorithm.getName()) || (this == DIRECT && encryptsContent(algorithm.getName()));
    }
}
