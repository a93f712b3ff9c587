package io.weir.fraud.integrity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** A public key. */
final class SignatureKey implements TokenKey {

    /** Bits: what JWA asks of RSA. */
    private static final int SHORTEST_RSA = 2_048;

    private static final String ED25519 = "Ed25519";
    /** Bytes. Java 17 also takes a signature with zeros added at its end, which would be another text of the same token. */
    private static final int ED25519_SIGNATURE = 64;

    /** What RFC 8410 puts before the 32 bytes of a public key. */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final TokenAlgorithm algorithm;
    private final SignatureCheck check;

    /** Whether a signature holds. */
    private interface SignatureCheck {
        boolean holds(byte[] signed, Base64URL signature) throws JOSEException, GeneralSecurityException;
    }

    private SignatureKey(TokenAlgorithm algorithm, SignatureCheck check) {
        this.algorithm = algorithm;
        this.check = check;
    }

    static TokenKey of(ECKey key) throws JOSEException {
        if (!key.getCurve().equals(Curve.P_256) || !TokenAlgorithm.ES256.isAllowedBy(key)) {
            return UNUSABLE;
        }
        return new SignatureKey(TokenAlgorithm.ES256, check(new ECDSAVerifier(key), JWSAlgorithm.ES256));
    }

    static TokenKey of(RSAKey key) throws JOSEException {
        if (key.size() < SHORTEST_RSA || !TokenAlgorithm.RS256.isAllowedBy(key)) {
            return UNUSABLE;
        }
        return new SignatureKey(TokenAlgorithm.RS256, check(new RSASSAVerifier(key), JWSAlgorithm.RS256));
    }

    /** By Java's own Ed25519, for which Nimbus would need another library. */
    static TokenKey of(OctetKeyPair key) throws GeneralSecurityException {
        if (!key.getCurve().equals(Curve.Ed25519) || !TokenAlgorithm.ED25519.isAllowedBy(key)) {
            return UNUSABLE;
        }
        byte[] raw = key.getDecodedX();
        byte[] encoded = ByteBuffer.allocate(ED25519_PREFIX.length + raw.length)
                .put(ED25519_PREFIX)
                .put(raw)
                .array();
        PublicKey known = KeyFactory.getInstance(ED25519).generatePublic(new X509EncodedKeySpec(encoded));
        return new SignatureKey(TokenAlgorithm.ED25519, (signed, signature) -> {
            byte[] decoded = signature.decode();
            Signature verifier = Signature.getInstance(ED25519);
            verifier.initVerify(known);
            verifier.update(signed);
            return decoded.length == ED25519_SIGNATURE && verifier.verify(decoded);
        });
    }

    /** The verifier is shown a header of ours: none of the token's can make it do anything else. */
    private static SignatureCheck check(JWSVerifier verifier, JWSAlgorithm algorithm) {
        JWSHeader header = new JWSHeader(algorithm);
        return (signed, signature) -> verifier.verify(header, signed, signature);
    }

    @Override
    public boolean isFor(TokenAlgorithm other) {
        return algorithm == other;
    }

    @Override
    public byte[] open(CompactToken token) throws TokenException {
        if (!holds(token)) {
            throw new TokenException(TokenFault.BAD_SIGNATURE);
        }
        return token.decoded(1);
    }

    private boolean holds(CompactToken token) {
        try {
            return check.holds(token.first(2), token.written(2));
        } catch (JOSEException | GeneralSecurityException e) {
            // Such as a signature of a length that none has.
            return false;
        }
    }
}
