package io.weir.fraud.integrity;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Claims from their JSON. One that is there must be of its type: what only looks like it is refused. */
final class ClaimsReader {

    /** A nonce is kept for a day as part of a key: longer than attestations of any platform make them. */
    private static final int LONGEST_NONCE = 512;
    /** The end of the year 9999, seconds: later than this no calculation with milliseconds has to bear. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private final ObjectNode claims;

    private ClaimsReader(ObjectNode claims) {
        this.claims = claims;
    }

    /** @throws TokenException if it is no set of claims, or lacks one */
    static TokenClaims read(byte[] json) throws TokenException {
        return new ClaimsReader(TokenJson.object(json)).read();
    }

    private TokenClaims read() throws TokenException {
        String nonce = text("nonce");
        if (nonce.length() > LONGEST_NONCE) {
            throw new TokenException(TokenFault.MALFORMED);
        }
        return new TokenClaims(
                nonce,
                text("package"),
                millis("iat"),
                isMissing("app_version") ? "" : text("app_version"),
                text("device"),
                text("app"));
    }

    private boolean isMissing(String name) {
        JsonNode value = claims.get(name);
        return value == null
                || value.isNull()
                || (value.isString() && value.stringValue().isBlank());
    }

    private JsonNode required(String name) throws TokenException {
        if (isMissing(name)) {
            throw new TokenException(TokenFault.CLAIM_MISSING);
        }
        return claims.get(name);
    }

    private String text(String name) throws TokenException {
        JsonNode value = required(name);
        if (!value.isString()) {
            throw new TokenException(TokenFault.MALFORMED);
        }
        return value.stringValue();
    }

    /** Seconds, of which RFC 7519 allows fractions. */
    private long millis(String name) throws TokenException {
        JsonNode value = required(name);
        double seconds = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (!(seconds >= 0 && seconds <= LAST_SECOND)) {
            throw new TokenException(TokenFault.MALFORMED);
        }
        return (long) (seconds * 1_000);
    }
}
