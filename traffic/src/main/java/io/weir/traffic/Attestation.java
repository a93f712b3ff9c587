package io.weir.traffic;

/**
 * What an app says of itself, and the key that signs it. The token is made when it is asked for: a signature costs more
 * than all else of an event together.
 *
 * @param nonce used once
 * @param issuedAt milliseconds since the epoch, UTC
 */
public record Attestation(AppTokens tokens, boolean forged, String nonce, long issuedAt, String appVersion) {

    /** The token as it is sent; the same each time. */
    public String token() {
        return tokens.sign(this);
    }
}
