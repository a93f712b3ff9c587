package io.weir.fraud.integrity;

import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A token in compact form, taken apart. Each part must be the one way to write its bytes in base64url: no padding, no white
 * space, no stray bits in the last character. So no two texts are the same token.
 */
final class CompactToken {

    private static final Pattern DOT = Pattern.compile("\\.");
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final TokenHeader header;
    private final List<String> written;
    private final List<byte[]> decoded;

    private CompactToken(TokenHeader header, List<String> written, List<byte[]> decoded) {
        this.header = header;
        this.written = written;
        this.decoded = decoded;
    }

    /** @throws TokenException if it is not one, or if its header is not accepted */
    static CompactToken parse(String token, TokenScheme scheme) throws TokenException {
        // A limit of -1 keeps the parts at the end that are empty.
        List<String> written = List.of(DOT.split(token, -1));
        TokenScheme found =
                TokenScheme.withParts(written.size()).orElseThrow(() -> new TokenException(TokenFault.MALFORMED));
        if (found != scheme) {
            throw new TokenException(TokenFault.UNKNOWN_SCHEME);
        }
        List<byte[]> decoded = written.stream().map(DECODER::decode).toList();
        for (int i = 0; i < decoded.size(); i++) {
            if (!ENCODER.encodeToString(decoded.get(i)).equals(written.get(i))) {
                throw new TokenException(TokenFault.MALFORMED);
            }
        }
        return new CompactToken(TokenHeader.read(decoded.get(0), scheme), written, decoded);
    }

    TokenHeader header() {
        return header;
    }

    /** Part of that number, from 0, as it was written. */
    Base64URL written(int part) {
        return new Base64URL(written.get(part));
    }

    /** Part of that number, from 0. */
    byte[] decoded(int part) {
        return decoded.get(part);
    }

    /** The first so many parts as they were written, with the dots between them: what a signature or a tag is over. */
    byte[] first(int parts) {
        return String.join(".", written.subList(0, parts)).getBytes(StandardCharsets.US_ASCII);
    }
}
