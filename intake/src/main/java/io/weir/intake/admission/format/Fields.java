package io.weir.intake.admission.format;

import io.weir.intake.admission.validation.Findings;
import io.weir.intake.admission.validation.Money;
import io.weir.intake.admission.validation.Text;
import io.weir.intake.admission.validation.Timestamps;
import io.weir.schemas.DeadLetterReason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Typed reading of a JSON object: what is absent or null is null, what has another type or breaks a rule is a finding
 * and null. Pointers are put together only where something is wrong.
 *
 * @param node the object; null reads as an empty one
 * @param pointer JSON pointer of the object from the event's root
 * @param findings where faults go
 */
record Fields(ObjectNode node, String pointer, Findings findings) {

    private static final BigDecimal MILLIS_PER_SECOND = BigDecimal.valueOf(1_000);
    private static final int MOST_DECIMALS = 100;
    private static final BigDecimal LONGEST_SECONDS = BigDecimal.valueOf(1_000_000_000L);

    static String typeOf(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            default -> "something else";
        };
    }

    /** The value under a key; null if it is absent or null. */
    JsonNode get(String key) {
        if (node == null) {
            return null;
        }
        JsonNode value = node.get(key);
        return value == null || value.isNull() ? null : value;
    }

    /** A nested object; reads as an empty one where there is none. */
    Fields object(String key) {
        JsonNode value = get(key);
        if (value == null || value instanceof ObjectNode) {
            return new Fields((ObjectNode) value, at(key), findings);
        }
        wrongType(key, "an object", value);
        return new Fields(null, at(key), findings);
    }

    /** A text, cleaned of what UTF-8 cannot hold. */
    String text(String key) {
        JsonNode value = get(key);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            wrongType(key, "a text", value);
            return null;
        }
        return Text.clean(value.stringValue());
    }

    String requiredText(String key) {
        String value = text(key);
        if (value == null && get(key) == null) {
            missing(key, "a text");
        }
        return value;
    }

    String identifier(String key) {
        JsonNode value = get(key);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            wrongType(key, "a text", value);
            return null;
        }
        String text = value.stringValue();
        String fault = Text.faultOfIdentifier(text);
        if (fault != null) {
            findings.add(
                    DeadLetterReason.INVALID_IDENTIFIER,
                    at(key),
                    "1 to 256 characters without control characters",
                    fault);
            return null;
        }
        return text;
    }

    String requiredIdentifier(String key) {
        if (get(key) == null) {
            missing(key, "an identifier");
            return null;
        }
        return identifier(key);
    }

    /** The identifier under the first of two keys that is there. */
    String eitherIdentifier(String key, String other) {
        return get(key) != null ? identifier(key) : identifier(other);
    }

    /** A timestamp, millis since the epoch, UTC. */
    Long time(String key) {
        JsonNode value = get(key);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            wrongType(key, "an ISO-8601 timestamp as text", value);
            return null;
        }
        OptionalLong millis = Timestamps.parse(value.stringValue());
        if (millis.isEmpty()) {
            findings.add(
                    DeadLetterReason.INVALID_TIME,
                    at(key),
                    "an ISO-8601 timestamp with an offset, such as 2026-01-31T12:00:00.000Z",
                    "another text");
            return null;
        }
        return millis.getAsLong();
    }

    /** Money as a decimal number or text, in micros. */
    Long decimalMicros(String key) {
        JsonNode value = get(key);
        if (value == null) {
            return null;
        }
        OptionalLong micros = value.isNumber()
                ? Money.micros(value.decimalValue())
                : value.isString() ? Money.micros(value.stringValue()) : OptionalLong.empty();
        return amount(key, micros, "a decimal amount with at most six decimals, within 10^9 units", value);
    }

    /** Money in micros, as a whole number or text. */
    Long wholeMicros(String key) {
        JsonNode value = get(key);
        if (value == null) {
            return null;
        }
        OptionalLong micros = value.isIntegralNumber() && value.canConvertToLong()
                ? OptionalLong.of(value.longValue())
                : value.isString() ? wholeNumber(value.stringValue()) : OptionalLong.empty();
        OptionalLong bounded =
                micros.isPresent() && Money.isWithinBounds(micros.getAsLong()) ? micros : OptionalLong.empty();
        return amount(key, bounded, "a whole number of millionths, within 10^15", value);
    }

    /** A currency. */
    String currency(String key) {
        JsonNode value = get(key);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            wrongType(key, "a text", value);
            return null;
        }
        String code = value.stringValue();
        if (!Money.isCurrency(code)) {
            findings.add(DeadLetterReason.INVALID_CURRENCY, at(key), "a code of ISO 4217 such as EUR", "another text");
            return null;
        }
        return code;
    }

    /** A whole number. */
    Long whole(String key) {
        JsonNode value = get(key);
        if (value == null) {
            return null;
        }
        if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            boolean small = (long) number.precision() - number.scale() <= 18;
            if (small && (number.scale() <= 0 || number.stripTrailingZeros().scale() <= 0)) {
                return number.longValueExact();
            }
        }
        wrongType(key, "a whole number", value);
        return null;
    }

    /** Seconds, as a number with or without fraction, in milliseconds; what is finer is cut off. */
    Long secondsAsMillis(String key) {
        JsonNode value = get(key);
        if (value == null) {
            return null;
        }
        if (value.isNumber()) {
            BigDecimal seconds = value.decimalValue();
            // 1E-999999999 must not be written out.
            boolean sane = Math.abs((long) seconds.scale()) <= MOST_DECIMALS;
            if (sane && seconds.abs().compareTo(LONGEST_SECONDS) <= 0) {
                return seconds.multiply(MILLIS_PER_SECOND)
                        .setScale(0, RoundingMode.DOWN)
                        .longValue();
            }
        }
        wrongType(key, "a number of seconds up to 10^9", value);
        return null;
    }

    void missing(String key, String expected) {
        findings.add(DeadLetterReason.MISSING_FIELD, at(key), expected, "nothing");
    }

    void wrongType(String key, String expected, JsonNode value) {
        findings.add(DeadLetterReason.WRONG_TYPE, at(key), expected, typeOf(value));
    }

    String at(String key) {
        return pointer + "/" + key;
    }

    private Long amount(String key, OptionalLong micros, String expected, JsonNode value) {
        if (micros.isEmpty()) {
            findings.add(
                    DeadLetterReason.INVALID_AMOUNT,
                    at(key),
                    expected,
                    "another " + typeOf(value).replaceFirst("^an? ", ""));
            return null;
        }
        return micros.getAsLong();
    }

    private static OptionalLong wholeNumber(String text) {
        try {
            return text.chars().allMatch(c -> c < 128) ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
