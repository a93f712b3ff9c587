package io.weir.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class AppTokensTest {
    private final AppTokens tokens = new AppTokens(1);

    @Test
    void thePublishedKeyVerifiesGenuineTokensAndNotForgedOnes() throws GeneralSecurityException {
        String genuine = new Attestation(tokens, false, "n-1", 1_700_000_000_000L, "5.2.0").token();
        String forged = new Attestation(tokens, true, "n-1", 1_700_000_000_000L, "5.2.0").token();

        assertThat(verifies(genuine)).isTrue();
        assertThat(verifies(forged)).isFalse();
    }

    @Test
    void theSameClaimsGiveTheSameToken() {
        Attestation claims = new Attestation(tokens, false, "n-1", 1_700_000_000_000L, "5.2.0");

        assertThat(claims.token()).isEqualTo(claims.token());
        assertThat(new Attestation(new AppTokens(1), false, "n-1", 1_700_000_000_000L, "5.2.0").token())
                .isEqualTo(claims.token());
    }

    @Test
    void theClaimsCanBeRead() {
        String token = new Attestation(tokens, false, "n-1", 1_700_000_000_000L, "5.2.0").token();

        assertThat(new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), UTF_8))
                .isEqualTo("{\"nonce\":\"n-1\",\"package\":\"example.shop.app\",\"iat\":1700000000,"
                        + "\"app_version\":\"5.2.0\",\"device\":\"genuine\",\"app\":\"genuine\"}");
    }

    private boolean verifies(String token) throws GeneralSecurityException {
        String[] parts = token.split("\\.", -1);
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(publishedKey());
        signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
        return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    }

    private PublicKey publishedKey() throws GeneralSecurityException {
        String x = new JsonMapper()
                .readTree(tokens.jwkSet())
                .get("keys")
                .get(0)
                .get("x")
                .asString();
        byte[] point = Base64.getUrlDecoder().decode(x);
        boolean odd = (point[31] & 0x80) != 0;
        point[31] &= 0x7F;
        byte[] bigEndian = new byte[32];
        for (int i = 0; i < 32; i++) {
            bigEndian[i] = point[31 - i];
        }
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new EdECPublicKeySpec(
                        NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, bigEndian))));
    }
}
