package io.weir.intake.admission.format;

import io.weir.intake.admission.validation.Findings;
import io.weir.schemas.DeadLetterReason;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON of others, within limits that hold while it is read. Numbers with a fraction are kept exactly. A key that is there
 * twice makes the message malformed: which of the two was meant is anybody's guess.
 */
final class JsonMessages {

    /** Deepest nesting of objects and arrays. */
    static final int MAX_NESTING = 64;
    /** Longest number, in characters: none that counts anything is longer, and long ones are slow to read. */
    private static final int MAX_NUMBER_LENGTH = 1_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_NESTING)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final ObjectReader READER = MAPPER.readerFor(JsonNode.class);
    private static final ObjectWriter WRITER = MAPPER.writer();
    private static final ObjectWriter ASCII_WRITER = MAPPER.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

    private JsonMessages() {}

    /** Reads a message that must be one JSON object; null, with a finding, if it is not. */
    static ObjectNode readObject(byte[] message, Findings findings) {
        if (message.length == 0) {
            findings.addWhole(DeadLetterReason.MALFORMED, "The message is empty: expected a JSON object.");
            return null;
        }
        try {
            JsonNode node = READER.readValue(message);
            if (node instanceof ObjectNode object) {
                return object;
            }
            findings.add(DeadLetterReason.WRONG_TYPE, "", "a JSON object", Fields.typeOf(node));
        } catch (StreamConstraintsException e) {
            if (isTooDeep(message)) {
                findings.addWhole(
                        DeadLetterReason.TOO_DEEP,
                        "The message is nested deeper than " + MAX_NESTING + " levels" + at(e) + ".");
            } else {
                malformed(findings, e);
            }
        } catch (JacksonException e) {
            malformed(findings, e);
        }
        return null;
    }

    /** The bytes of a part of a message, as a message of its own. */
    static byte[] write(JsonNode node) {
        try {
            return WRITER.writeValueAsBytes(node);
        } catch (JacksonException e) {
            // Half a surrogate pair cannot be written in UTF-8, only as an escape.
            return ASCII_WRITER.writeValueAsBytes(node);
        }
    }

    /** A nested value as JSON text. */
    static String text(JsonNode node) {
        return WRITER.writeValueAsString(node);
    }

    private static void malformed(Findings findings, JacksonException e) {
        findings.addWhole(
                DeadLetterReason.MALFORMED,
                "The message is not well-formed JSON in which every key is there once" + at(e) + ".");
    }

    /** Where, without what: the text there may name a person. */
    private static String at(JacksonException e) {
        TokenStreamLocation location = e.getLocation();
        return location == null || location.getByteOffset() < 0
                ? ""
                : " (found at byte " + location.getByteOffset() + ")";
    }

    private static boolean isTooDeep(byte[] message) {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < message.length; i++) {
            byte b = message[i];
            if (quoted) {
                if (b == '\\') {
                    i++;
                } else if (b == '"') {
                    quoted = false;
                }
            } else if (b == '"') {
                quoted = true;
            } else if (b == '{' || b == '[') {
                if (++depth > MAX_NESTING) {
                    return true;
                }
            } else if (b == '}' || b == ']') {
                depth--;
            }
        }
        return false;
    }
}
