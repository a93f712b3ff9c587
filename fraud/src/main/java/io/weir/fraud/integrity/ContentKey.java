package io.weir.fraud.integrity;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.jwk.OctetSequenceKey;

/** A secret that this service shares with whoever encrypts tokens. */
final class ContentKey implements TokenKey {

    private static final int KEY_BITS = 256;
    private static final int VECTOR_BYTES = 12;
    private static final int TAG_BYTES = 16;

    /** What the decrypter is shown in place of the token's header, which may not change what it does. */
    private static final JWEHeader HEADER = new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM);

    private final DirectDecrypter decrypter;

    private ContentKey(DirectDecrypter decrypter) {
        this.decrypter = decrypter;
    }

    static TokenKey of(OctetSequenceKey key) throws JOSEException {
        boolean fits = key.size() == KEY_BITS && TokenAlgorithm.DIRECT.isAllowedBy(key);
        return fits ? new ContentKey(new DirectDecrypter(key)) : UNUSABLE;
    }

    @Override
    public boolean isFor(TokenAlgorithm algorithm) {
        return algorithm == TokenAlgorithm.DIRECT;
    }

    @Override
    public byte[] open(CompactToken token) throws TokenException {
        // Ciphertext and tag are decrypted as one: were a tag of any length taken, the border between them could be
        // moved.
        if (token.decoded(1).length != 0
                || token.decoded(2).length != VECTOR_BYTES
                || token.decoded(4).length != TAG_BYTES) {
            throw new TokenException(TokenFault.MALFORMED);
        }
        try {
            return decrypter.decrypt(
                    HEADER, null, token.written(2), token.written(3), token.written(4), token.first(1));
        } catch (JOSEException e) {
            throw new TokenException(TokenFault.DECRYPTION_FAILED);
        }
    }
}
