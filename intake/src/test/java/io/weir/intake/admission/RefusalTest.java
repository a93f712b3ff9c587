package io.weir.intake.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.DeadLetterReason;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Why messages of Segment's spec are refused, with the field and the sentence. */
class RefusalTest {

    private static final String IDENTIFIER = "expected 1 to 256 characters without control characters, found ";
    private static final String AMOUNT =
            "expected a decimal amount with at most six decimals, within 10^9 units, found another ";

    private final Desk desk = new Desk("weir.intake.tracking-plan", "builtin:shop");

    @AfterEach
    void close() {
        desk.close();
    }

    static Stream<Arguments> undecodable() {
        String deep = "{\"a\":".repeat(65) + "1" + "}".repeat(65);
        String malformed = "The message is not well-formed JSON in which every key is there once";
        return Stream.of(
                Arguments.of("", DeadLetterReason.MALFORMED, null, "The message is empty: expected a JSON object."),
                Arguments.of("{\"type\":\"pa", DeadLetterReason.MALFORMED, null, malformed + " (found at byte 11)."),
                Arguments.of("{\"a\":NaN}", DeadLetterReason.MALFORMED, null, malformed + " (found at byte 8)."),
                Arguments.of("{} {}", DeadLetterReason.MALFORMED, null, malformed + " (found at byte 3)."),
                Arguments.of("{\"a\":1,\"a\":2}", DeadLetterReason.MALFORMED, null, malformed + " (found at byte 11)."),
                Arguments.of(deep, DeadLetterReason.TOO_DEEP, null, "The message is nested deeper than 64 levels."),
                Arguments.of(
                        "[1]", DeadLetterReason.WRONG_TYPE, "", "The message: expected a JSON object, found an array."),
                Arguments.of(
                        "{\"batch\":7}",
                        DeadLetterReason.WRONG_TYPE,
                        "/batch",
                        "/batch: expected an array, found a number."),
                Arguments.of(
                        "{\"batch\":[]}",
                        DeadLetterReason.MISSING_FIELD,
                        "/batch/0",
                        "/batch/0: expected at least one message, found nothing."));
    }

    @ParameterizedTest(name = "{1} {2}")
    @MethodSource
    void undecodable(String message, DeadLetterReason reason, String field, String sentence) {
        Refused refused = Desk.onlyRefused(desk.segment(message));

        assertThat(refused)
                .usingRecursiveComparison()
                .isEqualTo(new Refused(
                        reason, sentence, field, null, null, null, EventLabel.unread("segment"), bytes(message)));
    }

    static Stream<Arguments> invalid() {
        String call = "\"messageId\":\"m-1\",\"anonymousId\":\"v-1\",\"timestamp\":\"2026-03-01T12:00:00Z\"";
        String screen = "{\"type\":\"screen\"," + call + "}";
        String ad =
                "{\"type\":\"track\",\"event\":\"Ad Viewed\"," + call + ",\"properties\":{\"merchant_id\":\"m-1\"}}";
        String order = "{\"type\":\"track\",\"event\":\"Order Completed\"," + call
                + ",\"properties\":{\"order_id\":\"o\",\"revenue\":1,\"currency\":\"EUR\"}}";
        String page = "{\"type\":\"page\"," + call + ",\"context\":{\"page\":{\"url\":\"http://a.example/\"}}}";
        return Stream.of(
                row(
                        screen,
                        "\"screen\"",
                        "\"alias\"",
                        DeadLetterReason.UNSUPPORTED_TYPE,
                        "/type",
                        "expected one of page, screen, track, identify, found another type"),
                row(
                        screen,
                        "\"screen\"",
                        "null",
                        DeadLetterReason.MISSING_FIELD,
                        "/type",
                        "expected one of page, screen, track, identify, found nothing"),
                row(screen, "\"screen\"", "1", DeadLetterReason.WRONG_TYPE, "/type", "expected a text, found a number"),
                row(
                        screen,
                        "\"m-1\"",
                        "17",
                        DeadLetterReason.WRONG_TYPE,
                        "/messageId",
                        "expected a text, found a number"),
                row(
                        screen,
                        "\"m-1\"",
                        "\"\"",
                        DeadLetterReason.INVALID_IDENTIFIER,
                        "/messageId",
                        IDENTIFIER + "an empty text"),
                row(
                        screen,
                        "\"v-1\"",
                        "{}",
                        DeadLetterReason.WRONG_TYPE,
                        "/anonymousId",
                        "expected a text, found an object"),
                row(
                        screen,
                        "\"v-1\"",
                        "null",
                        DeadLetterReason.MISSING_FIELD,
                        "/anonymousId",
                        "expected anonymousId or userId, found nothing"),
                row(
                        screen,
                        "\"v-1\"",
                        "\"a\\u0000\"",
                        DeadLetterReason.INVALID_IDENTIFIER,
                        "/anonymousId",
                        IDENTIFIER + "a control character"),
                row(
                        screen,
                        "\"v-1\"",
                        "\"\\ud800\"",
                        DeadLetterReason.INVALID_IDENTIFIER,
                        "/anonymousId",
                        IDENTIFIER + "half a surrogate pair"),
                row(
                        screen,
                        "v-1",
                        "v".repeat(257),
                        DeadLetterReason.INVALID_IDENTIFIER,
                        "/anonymousId",
                        IDENTIFIER + "257 characters"),
                row(
                        screen,
                        "2026-03-01T12:00:00Z",
                        "yesterday",
                        DeadLetterReason.INVALID_TIME,
                        "/timestamp",
                        "expected an ISO-8601 timestamp with an offset, such as 2026-01-31T12:00:00.000Z, found another text"),
                row(
                        screen,
                        "2026-03-01T12:00:00Z",
                        "2026-02-26T11:59:59.999Z",
                        DeadLetterReason.TOO_OLD,
                        "/timestamp",
                        "expected no time before 2026-02-26T12:00:00Z, found 2026-02-26T11:59:59.999Z"),
                row(
                        screen,
                        "2026-03-01T12:00:00Z",
                        "2026-03-01T12:05:00.001Z",
                        DeadLetterReason.TOO_NEW,
                        "/timestamp",
                        "expected no time after 2026-03-01T12:05:00Z, found 2026-03-01T12:05:00.001Z"),
                row(
                        page,
                        "http://a.example/",
                        "a.example",
                        DeadLetterReason.INVALID_URL,
                        "/context/page/url",
                        "expected an absolute address of at most 4096 characters, found another text"),
                row(
                        page,
                        "http://a.example/",
                        "http://a.example/" + "a".repeat(4096),
                        DeadLetterReason.INVALID_URL,
                        "/context/page/url",
                        "expected an absolute address of at most 4096 characters, found another text"),
                row(
                        page,
                        "{\"url\":\"http://a.example/\"}",
                        "true",
                        DeadLetterReason.WRONG_TYPE,
                        "/context/page",
                        "expected an object, found true or false"),
                row(
                        ad,
                        "\"Ad Viewed\"",
                        "null",
                        DeadLetterReason.MISSING_FIELD,
                        "/event",
                        "expected an identifier, found nothing"),
                row(
                        ad,
                        "\"m-1\"}",
                        "null}",
                        DeadLetterReason.MISSING_FIELD,
                        "/properties/merchant_id",
                        "expected an identifier, found nothing"),
                row(
                        ad,
                        "\"m-1\"}",
                        "\"m-1\",\"price\":[]}",
                        DeadLetterReason.INVALID_AMOUNT,
                        "/properties/price",
                        AMOUNT + "array"),
                row(
                        ad,
                        "\"m-1\"}",
                        "\"m-1\",\"price\":\"NaN\"}",
                        DeadLetterReason.INVALID_AMOUNT,
                        "/properties/price",
                        AMOUNT + "text"),
                row(
                        ad,
                        "\"m-1\"}",
                        "\"m-1\",\"price\":0.0000001}",
                        DeadLetterReason.INVALID_AMOUNT,
                        "/properties/price",
                        AMOUNT + "number"),
                row(
                        ad,
                        "\"m-1\"}",
                        "\"m-1\",\"price\":1e999999999}",
                        DeadLetterReason.INVALID_AMOUNT,
                        "/properties/price",
                        AMOUNT + "number"),
                row(
                        ad,
                        "\"m-1\"}",
                        "\"m-1\",\"price\":1e-999999999}",
                        DeadLetterReason.INVALID_AMOUNT,
                        "/properties/price",
                        AMOUNT + "number"),
                row(
                        ad,
                        "\"m-1\"}",
                        "\"m-1\",\"price_micros\":0.5}",
                        DeadLetterReason.INVALID_AMOUNT,
                        "/properties/price_micros",
                        "expected a whole number of millionths, within 10^15, found another number"),
                row(
                        ad,
                        "\"m-1\"}",
                        "\"m-1\",\"currency\":\"eur\"}",
                        DeadLetterReason.INVALID_CURRENCY,
                        "/properties/currency",
                        "expected a code of ISO 4217 such as EUR, found another text"),
                row(
                        order,
                        "\"revenue\":1,",
                        "",
                        DeadLetterReason.MISSING_FIELD,
                        "/properties/revenue",
                        "expected revenue or total, found nothing"),
                row(
                        order,
                        ",\"currency\":\"EUR\"",
                        "",
                        DeadLetterReason.MISSING_FIELD,
                        "/properties/currency",
                        "expected a code of ISO 4217, found nothing"),
                row(
                        order,
                        "1,\"currency\"",
                        "1000000000.000001,\"currency\"",
                        DeadLetterReason.INVALID_AMOUNT,
                        "/properties/revenue",
                        AMOUNT + "number"),
                row(
                        order,
                        "\"EUR\"",
                        "\"EUR\",\"products\":[{\"sku\":\"a\"},{\"sku\":\"b\",\"quantity\":1.5}]",
                        DeadLetterReason.WRONG_TYPE,
                        "/properties/products/1/quantity",
                        "expected a whole number, found a number"),
                row(
                        order,
                        "\"EUR\"",
                        "\"EUR\",\"products\":[{}]",
                        DeadLetterReason.MISSING_FIELD,
                        "/properties/products/0/product_id",
                        "expected product_id or sku, found nothing"),
                row(
                        screen,
                        "\"v-1\"",
                        "\"v-1\",\"userId\":\"Jane.Doe@mail.example\"",
                        DeadLetterReason.PERSONAL_IDENTIFIER,
                        "/userId",
                        "expected an identifier that names nobody, found an e-mail address or a phone number"),
                row(
                        screen,
                        "\"v-1\"",
                        "\"v-1\",\"userId\":\"+49 30 1234567\"",
                        DeadLetterReason.PERSONAL_IDENTIFIER,
                        "/userId",
                        "expected an identifier that names nobody, found an e-mail address or a phone number"));
    }

    private static Arguments row(
            String message, String from, String to, DeadLetterReason reason, String field, String sentence) {
        assertThat(message).contains(from);
        return Arguments.of(message.replace(from, to), reason, field, sentence);
    }

    @ParameterizedTest(name = "{1} {2}")
    @MethodSource
    void invalid(String message, DeadLetterReason reason, String field, String sentence) {
        Refused refused = Desk.onlyRefused(desk.segment(message));

        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.field()).isEqualTo(field);
        assertThat(refused.message()).isEqualTo(field + ": " + sentence + ".");
        assertThat(refused.eventId()).isEqualTo(field.equals("/messageId") ? null : "m-1");
        assertThat(refused.value()).isEqualTo(bytes(message));
        assertThat(refused.planSchema()).isNull();
    }

    @Test
    void ofSeveralFaultsTheOneThatComesFirstInTheOrderOfValidationDecides() {
        String faults =
                "{\"type\":\"track\",\"event\":\"Order Completed\",\"messageId\":\"m\",\"anonymousId\":\"%s\",\"userId\":\"a@b.example\","
                        + "\"timestamp\":\"%s\",\"context\":{\"page\":{\"url\":\"%s\"}},"
                        + "\"properties\":{%s\"revenue\":%s,\"currency\":\"%s\"}}";
        String id = "\"order_id\":\"o\",";
        String old = "1990-01-01T00:00:00Z";
        String now = "2026-03-01T12:00:00Z";
        String url = "http://a.example/";

        assertThat(reason(faults, "\\u0001", old, "x", "", "\"y\"", "z")).isEqualTo(DeadLetterReason.MISSING_FIELD);
        assertThat(reason(faults, "\\u0001", old, "x", id, "\"y\"", "z"))
                .isEqualTo(DeadLetterReason.INVALID_IDENTIFIER);
        assertThat(reason(faults, "v", old, "x", id, "\"y\"", "z")).isEqualTo(DeadLetterReason.TOO_OLD);
        assertThat(reason(faults, "v", now, "x", id, "\"y\"", "z")).isEqualTo(DeadLetterReason.INVALID_URL);
        assertThat(reason(faults, "v", now, url, id, "\"y\"", "z")).isEqualTo(DeadLetterReason.INVALID_CURRENCY);
        assertThat(reason(faults, "v", now, url, id, "\"y\"", "EUR")).isEqualTo(DeadLetterReason.INVALID_AMOUNT);
        assertThat(reason(faults, "v", now, url, id, "1", "EUR")).isEqualTo(DeadLetterReason.PERSONAL_IDENTIFIER);
        assertThat(reason(faults.replace("a@b.example", "u"), "v", now, url, id, "1", "EUR"))
                .isEqualTo(DeadLetterReason.PLAN_VIOLATION);
    }

    @Test
    void planViolationNamesSchemaVersionAndProperty() {
        String message = """
                {"type":"track","event":"product added","messageId":"m-1","anonymousId":"v","timestamp":"2026-03-01T12:00:00Z",
                 "context":{"library":{"name":"analytics.js","version":"5"}},
                 "properties":{"product_id":"p-1","name":"N","category":"home","merchant_id":"m-1","price":1,"currency":"EUR","quantity":-2}}""";

        Refused refused = Desk.onlyRefused(desk.segment(message));

        assertThat(refused)
                .usingRecursiveComparison()
                .isEqualTo(new Refused(
                        DeadLetterReason.PLAN_VIOLATION,
                        "/quantity: must have a minimum value of 1 (product-added/1.schema.json).",
                        "/properties/quantity",
                        "product-added/1.schema.json",
                        "1",
                        "m-1",
                        new EventLabel("segment", "product added", "analytics.js", "5"),
                        bytes(message)));
    }

    @Test
    void eventThatThePlanOnlyObservesIsAcceptedWithTheBreach() {
        Admitted subscribed = Desk.onlyAdmitted(desk.segment("""
                {"type":"track","event":"Newsletter Subscribed","anonymousId":"v","timestamp":"2026-03-01T12:00:00Z","properties":{"when":"now"}}"""));
        Admitted unplanned = Desk.onlyAdmitted(desk.segment("""
                {"type":"track","event":"Garden Visited","anonymousId":"v","timestamp":"2026-03-01T12:00:00Z"}"""));

        assertThat(subscribed.breach())
                .isEqualTo(new PlanBreach(
                        DeadLetterReason.PLAN_VIOLATION,
                        "/list: required property 'list' not found (newsletter-subscribed/1.schema.json).",
                        "/list",
                        "newsletter-subscribed/1.schema.json",
                        "1"));
        assertThat(unplanned.breach())
                .isEqualTo(new PlanBreach(
                        DeadLetterReason.UNPLANNED_EVENT,
                        "The tracking plan shop has no event of this name.",
                        null,
                        null,
                        null));
    }

    @Test
    void messageAboveTheLimitIsNotParsed() {
        byte[] large = new byte[1024 * 1024 + 1];

        Refused refused = Desk.onlyRefused(desk.admit("segment", large));

        assertThat(refused.reason()).isEqualTo(DeadLetterReason.TOO_LARGE);
        assertThat(refused.message()).isEqualTo("The message has 1048577 bytes: expected 1048576 at most.");
        assertThat(refused.value()).isSameAs(large);
    }

    @Test
    void recordWithoutValueIsRefused() {
        Refused refused = Desk.onlyRefused(desk.admit("avro", null));

        assertThat(refused.reason()).isEqualTo(DeadLetterReason.MALFORMED);
        assertThat(refused.value()).isNull();
    }

    @Test
    void identifierOf256CharactersBeyondTheBasicPlaneIsAccepted() {
        String id = "\uD83D\uDE00".repeat(256);

        Admitted admitted = Desk.onlyAdmitted(desk.segment("{\"type\":\"screen\",\"name\":\"Home\",\"anonymousId\":\""
                + id + "\",\"timestamp\":\"2026-03-01T12:00:00Z\"}"));

        assertThat(admitted.event().getVisitorId()).isEqualTo(id);
    }

    @Test
    void recordedEventsMayBeFrom1971To2100() {
        try (Desk recorded = new Desk("weir.intake.time-bounds", "recorded")) {
            assertThat(time(recorded, "1970-12-31T23:59:59.999Z")).isEqualTo(DeadLetterReason.TOO_OLD);
            assertThat(time(recorded, "1971-01-01T00:00:00Z")).isNull();
            assertThat(time(recorded, "2100-12-31T23:59:59.999Z")).isNull();
            assertThat(time(recorded, "2101-01-01T00:00:00Z")).isEqualTo(DeadLetterReason.TOO_NEW);
        }
    }

    @Test
    void customerIdThatNamesAPersonIsHashedWhereThePolicySaysSo() {
        try (Desk hashing = new Desk("weir.intake.customer-id-policy", "hash")) {
            String screen = "{\"type\":\"screen\",\"userId\":\"%s\",\"timestamp\":\"2026-03-01T12:00:00Z\"}";
            String hash = new io.weir.intake.admission.enrichment.KeyedHash(bytes(Desk.KEY)).of("jane@mail.example");

            Admitted admitted = Desk.onlyAdmitted(hashing.segment(screen.formatted("Jane@mail.example")));
            Admitted numbered = Desk.onlyAdmitted(hashing.segment(screen.formatted("12345678")));

            assertThat(admitted.event().getCustomerId()).isEqualTo("h:" + hash);
            assertThat(admitted.event().getVisitorId()).isEqualTo("c:h:" + hash);
            assertThat(numbered.event().getCustomerId()).isEqualTo("12345678");
        }
    }

    private static DeadLetterReason time(Desk desk, String time) {
        Admission admission = desk.segment("{\"type\":\"screen\",\"anonymousId\":\"v\",\"timestamp\":\"" + time + "\"}")
                .get(0);
        return admission instanceof Refused refused ? refused.reason() : null;
    }

    private DeadLetterReason reason(
            String message, String visitor, String time, String url, String id, String amount, String currency) {
        return Desk.onlyRefused(desk.segment(message.formatted(visitor, time, url, id, amount, currency)))
                .reason();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
