package io.weir.fraud.integrity;

import io.weir.fraud.integrity.TokenResult.Refused;
import io.weir.fraud.integrity.TokenResult.Verified;
import java.util.Optional;

/**
 * Judges tokens by the keys: JWS in compact form (ES256, RS256, EdDSA over Ed25519), and JWE in compact form ({@code dir} with
 * A256GCM) around either the claims themselves or a JWS, whose signature must hold, too. What is in a JWE is told by its first
 * look, not by {@code cty}, which the attestation services of platforms leave out: only an object has a brace.
 *
 * <p>The key says which algorithm is right. A token's header can only agree or be refused; it never reaches the code that
 * computes. Whatever goes wrong, in whatever way, is a fault.
 *
 * <p>A token is found again by its nonce, not by its text: of an ECDSA signature anybody can compute a second one that holds.
 *
 * <p>For as many threads as its keys are for.
 */
public final class TokenVerifier {

    /** Longest token, characters: several times what the attestation services of platforms send. */
    public static final int LONGEST = 16 * 1_024;

    private final KeySource keys;

    /** @param keys asked for each token */
    public TokenVerifier(KeySource keys) {
        this.keys = keys;
    }

    /**
     * What a token proves. Never throws.
     *
     * @param token as it was sent
     * @param scheme as the event names it: {@code jws} or {@code jwe}
     */
    public TokenResult verify(String token, String scheme) {
        try {
            return new Verified(claims(token, scheme));
        } catch (TokenException e) {
            return new Refused(e.fault());
        } catch (RuntimeException e) {
            // Parsers throw more than they say; whoever sent it meant no good either way.
            return new Refused(TokenFault.MALFORMED);
        }
    }

    private TokenClaims claims(String token, String schemeName) throws TokenException {
        if (token.length() > LONGEST) {
            throw new TokenException(TokenFault.OVERSIZED);
        }
        TokenScheme scheme =
                TokenScheme.named(schemeName).orElseThrow(() -> new TokenException(TokenFault.UNKNOWN_SCHEME));
        byte[] content = open(CompactToken.parse(token, scheme));
        if (scheme == TokenScheme.JWE) {
            String text = TokenJson.text(content);
            content = text.indexOf('{') < 0 ? open(nested(text)) : content;
        }
        return ClaimsReader.read(content);
    }

    private byte[] open(CompactToken token) throws TokenException {
        return key(token.header()).open(token);
    }

    private static CompactToken nested(String text) throws TokenException {
        try {
            return CompactToken.parse(text, TokenScheme.JWS);
        } catch (TokenException e) {
            // The event names the scheme of the outer token alone.
            throw e.fault() == TokenFault.UNKNOWN_SCHEME ? new TokenException(TokenFault.MALFORMED) : e;
        }
    }

    private TokenKey key(TokenHeader header) throws TokenException {
        KeySet known = keys.current().orElseThrow(() -> new TokenException(TokenFault.NO_KEYS));
        Optional<String> id = header.keyId();
        if (id.isPresent() && !known.has(id.get())) {
            known = keys.renewed().orElse(known);
        }
        return known.find(header);
    }
}
