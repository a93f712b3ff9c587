package io.weir.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;

/**
 * Tokens of the shop's app: JWS in compact form, EdDSA over Ed25519, which unlike ECDSA gives the same signature each
 * time. The keys follow from the seed and protect nothing. Claims: {@code nonce}, {@code package}, {@code iat} (seconds),
 * {@code app_version}, {@code device} and {@code app} (both {@code genuine}).
 */
public final class AppTokens {
    /** The app's package name. */
    public static final String PACKAGE = "example.shop.app";

    /** Scheme of the tokens, as events name it. */
    static final String SCHEME = "jws";

    private static final String KEY_ID = "shop-app-1";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER = encode("{\"alg\":\"EdDSA\",\"typ\":\"JWT\",\"kid\":\"" + KEY_ID + "\"}");

    private final KeyPair genuine;
    private final KeyPair rogue;

    AppTokens(long seed) {
        this.genuine = keyPair(Rng.hash(seed, 1));
        this.rogue = keyPair(Rng.hash(seed, 2));
    }

    /** The JWK set (JSON text) that verifies the genuine tokens. */
    public String jwkSet() {
        return "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"use\":\"sig\",\"alg\":\"EdDSA\",\"kid\":\"" + KEY_ID
                + "\",\"x\":\"" + BASE64.encodeToString(littleEndian((EdECPublicKey) genuine.getPublic())) + "\"}]}";
    }

    String sign(Attestation attestation) {
        String claims = "{\"nonce\":\"" + attestation.nonce() + "\",\"package\":\"" + PACKAGE + "\",\"iat\":"
                + attestation.issuedAt() / 1000 + ",\"app_version\":\"" + attestation.appVersion()
                + "\",\"device\":\"genuine\",\"app\":\"genuine\"}";
        String signed = HEADER + "." + encode(claims);
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign((attestation.forged() ? rogue : genuine).getPrivate());
            signature.update(signed.getBytes(UTF_8));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot sign with Ed25519, which JDK 17 has", e);
        }
    }

    private static KeyPair keyPair(long seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Repeatable(seed));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot make Ed25519 keys, which JDK 17 has", e);
        }
    }

    /** RFC 8032: y in 32 bytes, lowest first, with the sign of x in the highest bit. */
    private static byte[] littleEndian(EdECPublicKey key) {
        BigInteger y = key.getPoint().getY();
        byte[] encoded = new byte[32];
        for (int i = 0; i < 32; i++) {
            encoded[i] = y.shiftRight(8 * i).byteValue();
        }
        if (key.getPoint().isXOdd()) {
            encoded[31] |= (byte) 0x80;
        }
        return encoded;
    }

    private static String encode(String json) {
        return BASE64.encodeToString(json.getBytes(UTF_8));
    }

    /** A source of the same numbers for the same seed: these keys guard an invented shop. */
    private static final class Repeatable extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final long seed;

        Repeatable(long seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            Rng rng = new Rng(seed);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) rng.nextLong();
            }
        }
    }
}
