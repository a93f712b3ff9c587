package io.weir.fraud.integrity;

/** What the keys say of a token. */
public sealed interface TokenResult {

    /** A key of the set vouches for what it claims, whatever that is. */
    record Verified(TokenClaims claims) implements TokenResult {}

    /** It proves nothing. */
    record Refused(TokenFault fault) implements TokenResult {}
}
