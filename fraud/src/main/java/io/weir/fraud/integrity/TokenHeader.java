package io.weir.fraud.integrity;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All of a header that anything here looks at. Where it offers keys of its own ({@code jwk}, {@code jku}, {@code x5c},
 * {@code x5u}) they are not read, let alone fetched.
 *
 * @param algorithm that it names
 * @param keyId of the key that it names
 */
record TokenHeader(TokenAlgorithm algorithm, Optional<String> keyId) {

    /**
     * What would change how a token is read: what must be understood, a payload that is not encoded, and compression, with
     * which a small token is large once it is opened.
     */
    private static final List<String> REFUSED = List.of("crit", "b64", "zip");

    /** @throws TokenException if it is not one, or asks for what is not accepted */
    static TokenHeader read(byte[] json, TokenScheme scheme) throws TokenException {
        ObjectNode header = TokenJson.object(json);
        String name = text(header, "alg").orElseThrow(() -> new TokenException(TokenFault.MALFORMED));
        if (name.equalsIgnoreCase("none")) {
            throw new TokenException(TokenFault.ALGORITHM_NONE);
        }
        if (REFUSED.stream().anyMatch(header::has)) {
            throw new TokenException(TokenFault.HEADER_NOT_ALLOWED);
        }
        TokenAlgorithm algorithm = TokenAlgorithm.named(name, scheme)
                .orElseThrow(() -> new TokenException(TokenFault.ALGORITHM_NOT_ALLOWED));
        if (scheme == TokenScheme.JWE) {
            checkEncryption(header);
        }
        return new TokenHeader(algorithm, text(header, "kid"));
    }

    private static void checkEncryption(ObjectNode header) throws TokenException {
        String method = text(header, "enc").orElseThrow(() -> new TokenException(TokenFault.MALFORMED));
        if (!TokenAlgorithm.encryptsContent(method)) {
            throw new TokenException(TokenFault.ALGORITHM_NOT_ALLOWED);
        }
    }

    private static Optional<String> text(ObjectNode header, String name) throws TokenException {
        JsonNode value = header.get(name);
        if (value != null && !value.isString()) {
            throw new TokenException(TokenFault.MALFORMED);
        }
        return Optional.ofNullable(value).map(JsonNode::stringValue);
    }
}
