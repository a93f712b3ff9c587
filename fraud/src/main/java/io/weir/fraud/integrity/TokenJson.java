package io.weir.fraud.integrity;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON of whoever sends tokens. A member that is there twice makes it malformed: whoever signed it may have meant the other
 * one.
 */
final class TokenJson {

    /** Deepest nesting: headers and claims are flat, and keys hardly deeper. */
    private static final int DEEPEST = 16;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private TokenJson() {}

    /**
     * An object of a token.
     *
     * @throws TokenException if it is anything else
     */
    static ObjectNode object(byte[] json) throws TokenException {
        if (read(text(json)) instanceof ObjectNode object) {
            return object;
        }
        throw new TokenException(TokenFault.MALFORMED);
    }

    /** @throws tools.jackson.core.JacksonException if it is no JSON */
    static JsonNode read(String json) {
        return MAPPER.readTree(json);
    }

    /** Nothing but UTF-8: left to itself, the parser would guess at others. */
    static String text(byte[] utf8) throws TokenException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new TokenException(TokenFault.MALFORMED);
        }
    }
}
