package io.weir.fraud.integrity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.GeneralSecurityException;

/** A key that tokens are judged by, made ready once. It is for one algorithm at most, whatever a header says. */
interface TokenKey {

    /** Known, and for nothing that is accepted. */
    TokenKey UNUSABLE = new TokenKey() {
        @Override
        public boolean isFor(TokenAlgorithm algorithm) {
            return false;
        }

        @Override
        public byte[] open(CompactToken token) throws TokenException {
            throw new TokenException(TokenFault.ALGORITHM_NOT_ALLOWED);
        }
    };

    /** Whether it is for that algorithm. */
    boolean isFor(TokenAlgorithm algorithm);

    /**
     * What is in a token of its algorithm.
     *
     * @throws TokenException if this key does not vouch for it
     */
    byte[] open(CompactToken token) throws TokenException;

    /** Of a private key the public half. */
    static TokenKey of(JWK key) throws JOSEException, GeneralSecurityException {
        if (key instanceof ECKey ec) {
            return SignatureKey.of(ec);
        }
        if (key instanceof RSAKey rsa) {
            return SignatureKey.of(rsa);
        }
        if (key instanceof OctetKeyPair pair) {
            return SignatureKey.of(pair);
        }
        return key instanceof OctetSequenceKey secret ? ContentKey.of(secret) : UNUSABLE;
    }
}
