package io.weir.intake.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of a message of Segment's spec. */
class SegmentMappingTest {

    private final Desk desk = new Desk();

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void pageCallBecomesPageViewWithEverythingThatIsKnownOfIt() {
        Admitted admitted = Desk.onlyAdmitted(desk.segment("""
                {"type":"page","messageId":"m-1","anonymousId":"v-1","userId":"u-1","name":"Product","category":"books",
                 "timestamp":"2026-03-01T11:59:00.123Z","sentAt":"2026-03-01T11:59:01Z","receivedAt":"2026-03-01T11:59:02.500Z",
                 "context":{"page":{"url":"https://www.shop.example/p/1?x=2#top","path":"/p/1","title":"One",
                   "referrer":"https://www.google.de/","page_id":"pg-2","parent_page_id":"pg-1"},
                   "ip":"203.0.113.77","locale":"de-DE","location":{"country":"de"},
                   "library":{"name":"analytics.js","version":"5.2.0"},"app":{"name":"Shop","version":"7.1"}},
                 "properties":{"url":"https://www.shop.example/p/1?x=2#top","path":"/p/1","stock":3,"sale":true}}"""));

        assertThat(Desk.json(admitted.event())).isEqualTo(Desk.json("""
                {"event_id":"m-1","kind":"page_view","occurred_at":"2026-03-01T11:59:00.123Z",
                 "received_at":"2026-03-01T11:59:02.500Z","visitor_id":"v-1","customer_id":"u-1",
                 "page":{"url":"https://www.shop.example/p/1?x=2#top","path":"/p/1","title":"One",
                   "referrer":"https://www.google.de/","page_id":"pg-2","parent_page_id":"pg-1"},
                 "acquisition":{"channel":"organic_search","source":"www.google.de"},
                 "client":{"is_bot":false,"ip_hash":"%s","ip_prefix":"203.0.113.0/24","locale":"de-DE","country":"DE",
                   "app":"Shop","app_version":"7.1","library":"analytics.js","library_version":"5.2.0"},
                 "origin":{"topic":"segment","partition":3,"offset":42,"clock":"2026-03-01T11:59:00.123Z"},
                 "page_view":{"name":"Product","category":"books","properties":{"sale":true,"stock":3}}}""".formatted(
                        "8a1badb60a5d67658b667d2401c126d10ba22502143f9595e5b07be783483f92")));
        assertThat(admitted.label()).isEqualTo(new EventLabel("segment", "page_view", "analytics.js", "5.2.0"));
        assertThat(admitted.breach()).isNull();
    }

    static Stream<Arguments> trackCalls() {
        String ad = "\"merchant_id\":\"m-1\",\"campaign_id\":\"c-1\",\"impression_id\":\"i-1\",\"currency\":\"EUR\"";
        String adOut = ad.replace("\"currency\":\"EUR\"", "\"price_micros\":PRICE,\"currency\":\"EUR\"");
        return Stream.of(
                Arguments.of(
                        "Ad Viewed",
                        "{" + ad + ",\"ad_id\":\"a-1\",\"placement\":\"top\",\"price\":0.000001}",
                        "impression",
                        "{" + adOut.replace("PRICE", "1") + ",\"ad_id\":\"a-1\",\"placement\":\"top\"}"),
                Arguments.of(
                        "aD iMPRESSION",
                        "{" + ad + ",\"ad_id\":\"a-1\",\"price\":\"12.5\"}",
                        "impression",
                        "{" + adOut.replace("PRICE", "12500000") + ",\"ad_id\":\"a-1\"}"),
                Arguments.of(
                        "Promotion Viewed",
                        "{" + ad + ",\"promotion_id\":\"p-1\",\"position\":\"hero\",\"price_micros\":7}",
                        "impression",
                        "{" + adOut.replace("PRICE", "7") + ",\"ad_id\":\"p-1\",\"placement\":\"hero\"}"),
                Arguments.of(
                        "ad clicked",
                        "{" + ad + ",\"ad_id\":\"a-1\",\"price_micros\":\"7\"}",
                        "click",
                        "{" + adOut.replace("PRICE", "7") + ",\"ad_id\":\"a-1\"}"),
                Arguments.of(
                        "Promotion Clicked",
                        "{" + ad + ",\"promotion_id\":\"p-1\",\"price\":1e2}",
                        "click",
                        "{" + adOut.replace("PRICE", "100000000") + ",\"ad_id\":\"p-1\"}"),
                Arguments.of(
                        "Video Ad Started",
                        "{\"merchant_id\":\"m-1\",\"ad_id\":\"a-1\",\"position\":0,\"total_length\":30}",
                        "video",
                        "{\"merchant_id\":\"m-1\",\"ad_id\":\"a-1\",\"stage\":\"STARTED\",\"position_ms\":0,\"total_length_ms\":30000}"),
                Arguments.of(
                        "Video Ad Playing",
                        "{\"merchant_id\":\"m-1\",\"position\":7.25}",
                        "video",
                        "{\"merchant_id\":\"m-1\",\"stage\":\"PLAYING\",\"position_ms\":7250}"),
                Arguments.of(
                        "video ad completed",
                        "{\"merchant_id\":\"m-1\",\"campaign_id\":\"c-1\",\"placement\":\"article\"}",
                        "video",
                        "{\"merchant_id\":\"m-1\",\"campaign_id\":\"c-1\",\"placement\":\"article\",\"stage\":\"COMPLETED\"}"),
                Arguments.of(
                        "Order Completed",
                        "{\"order_id\":\"o-1\",\"revenue\":25.10,\"total\":99,\"currency\":\"USD\",\"merchant_id\":\"m-1\","
                                + "\"products\":[{\"product_id\":\"p-1\",\"name\":\"N\",\"category\":\"C\",\"quantity\":2,\"price\":\"1.50\"},{\"sku\":\"s-1\"}]}",
                        "purchase",
                        "{\"order_id\":\"o-1\",\"amount_micros\":25100000,\"currency\":\"USD\",\"merchant_id\":\"m-1\","
                                + "\"products\":[{\"product_id\":\"p-1\",\"name\":\"N\",\"category\":\"C\",\"quantity\":2,\"price_micros\":1500000},{\"product_id\":\"s-1\",\"quantity\":1}]}"),
                Arguments.of(
                        "Order Refunded",
                        "{\"order_id\":\"o-1\",\"total\":\"0.1\",\"currency\":\"USD\"}",
                        "purchase",
                        "{\"order_id\":\"o-1\",\"amount_micros\":-100000,\"currency\":\"USD\",\"products\":[]}"),
                Arguments.of(
                        "Experiment Viewed",
                        "{\"experiment_id\":\"e-1\",\"variation_id\":\"b\",\"unit_type\":\"Customer\"}",
                        "exposure",
                        "{\"experiment_id\":\"e-1\",\"variant_id\":\"b\",\"unit_type\":\"CUSTOMER\"}"),
                Arguments.of(
                        "experiment viewed",
                        "{\"experiment_id\":\"e-1\",\"variation_id\":\"b\"}",
                        "exposure",
                        "{\"experiment_id\":\"e-1\",\"variant_id\":\"b\",\"unit_type\":\"UNKNOWN\"}"),
                Arguments.of(
                        "App Attested",
                        "{\"token\":\"abc.def.ghi\",\"scheme\":\"jws\"}",
                        "app_signal",
                        "{\"token\":\"abc.def.ghi\",\"scheme\":\"jws\"}"),
                Arguments.of(
                        "Product Added",
                        "{\"s\":\"t\",\"n\":null,\"b\":false,\"l\":9007199254740993,\"d\":19.99,\"huge\":123456789012345678901,"
                                + "\"fine\":0.1234567890123456789,\"o\":{\"a\":[1,2.50]}}",
                        "interaction",
                        "{\"name\":\"Product Added\",\"properties\":{\"s\":\"t\",\"b\":false,\"l\":9007199254740993,\"d\":19.99,"
                                + "\"huge\":\"123456789012345678901\",\"fine\":\"0.1234567890123456789\",\"o\":\"{\\\"a\\\":[1,2.50]}\"}}"));
    }

    @ParameterizedTest(name = "{0} -> {2}")
    @MethodSource("trackCalls")
    void trackCallBecomesWhatItsNameSays(String name, String properties, String kind, String payload) {
        Admitted admitted = Desk.onlyAdmitted(desk.segment("""
                {"type":"track","event":"%s","messageId":"m-1","anonymousId":"v-1","timestamp":"2026-03-01T12:00:00Z","properties":%s}""".formatted(name, properties)));

        ObjectNode expected = (ObjectNode) Desk.json("""
                {"event_id":"m-1","kind":"%s","occurred_at":"2026-03-01T12:00:00.000Z","received_at":"2026-03-01T11:59:59.000Z",
                 "visitor_id":"v-1","client":{"is_bot":false},
                 "origin":{"topic":"segment","partition":3,"offset":42,"clock":"2026-03-01T12:00:00.000Z"}}""".formatted(kind));
        expected.set(kind, Desk.json(payload));
        assertThat(Desk.json(admitted.event())).isEqualTo(expected);
    }

    @Test
    void nameOfTheMappingIsWrittenAsTheMappingWritesItSoThatQualityIsCountedOnce() {
        Admitted admitted = Desk.onlyAdmitted(desk.segment("""
                {"type":"track","event":"EXPERIMENT viewed","anonymousId":"v","timestamp":"2026-03-01T12:00:00Z",
                 "properties":{"experiment_id":"e","variation_id":"a"}}"""));

        assertThat(admitted.label()).isEqualTo(new EventLabel("segment", "Experiment Viewed", null, null));
    }

    @Test
    void identifyBecomesAnInteractionWithItsTraits() {
        Admitted admitted = Desk.onlyAdmitted(desk.segment("""
                {"type":"identify","messageId":"m-1","anonymousId":"v-1","userId":"u-1","timestamp":"2026-03-01T12:00:00Z",
                 "traits":{"plan":"plus"}}"""));

        assertThat(Desk.json(admitted.event()).get("interaction"))
                .isEqualTo(Desk.json("{\"name\":\"identify\",\"properties\":{\"plan\":\"plus\"}}"));
        assertThat(admitted.event().getCustomerId()).isEqualTo("u-1");
        assertThat(admitted.label().eventName()).isEqualTo("identify");
    }

    @Test
    void screenCallWithoutAddressHasNoPage() {
        Admitted admitted = Desk.onlyAdmitted(desk.segment("""
                {"type":"screen","messageId":"m","anonymousId":"v","timestamp":"2026-03-01T12:00:00Z","name":"Home"}"""));

        JsonNode event = Desk.json(admitted.event());
        assertThat(event.get("page_view")).isEqualTo(Desk.json("{\"name\":\"Home\",\"properties\":{}}"));
        assertThat(event.has("page")).isFalse();
    }

    @Test
    void pageThatOnlyThePropertiesNameIsThePage() {
        Admitted admitted = Desk.onlyAdmitted(desk.segment("""
                {"type":"page","messageId":"m","anonymousId":"v","timestamp":"2026-03-01T12:00:00Z",
                 "properties":{"url":"https://shop.example/a/b?c=d","title":"T"}}"""));

        assertThat(Desk.json(admitted.event()).get("page"))
                .isEqualTo(Desk.json("{\"url\":\"https://shop.example/a/b?c=d\",\"path\":\"/a/b\",\"title\":\"T\"}"));
    }

    @Test
    void customerStandsInForAMissingVisitor() {
        Admitted admitted = Desk.onlyAdmitted(desk.segment("""
                {"type":"screen","messageId":"m","userId":"u-9","timestamp":"2026-03-01T12:00:00Z"}"""));

        assertThat(admitted.event().getVisitorId()).isEqualTo("c:u-9");
        assertThat(admitted.event().getCustomerId()).isEqualTo("u-9");
    }

    @Test
    void missingMessageIdIsANameBasedUuidOfTheRawBytes() {
        String message = "{\"type\":\"screen\",\"anonymousId\":\"v\",\"timestamp\":\"2026-03-01T12:00:00Z\"}";

        Admitted first = Desk.onlyAdmitted(desk.segment(message));
        Admitted again = Desk.onlyAdmitted(desk.segment(message));
        Admitted other = Desk.onlyAdmitted(desk.segment(message + " "));

        assertThat(first.event().getEventId())
                .isEqualTo(java.util
                        .UUID
                        .nameUUIDFromBytes(message.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .toString())
                .isEqualTo(again.event().getEventId())
                .isNotEqualTo(other.event().getEventId());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            its own timestamp, whatever the device says | "timestamp":"2026-03-01T11:00:00Z","originalTimestamp":"2001-01-01T00:00:00Z","sentAt":"2001-01-01T00:00:01Z" | 2026-03-01T11:00:00Z
            received minus the time between            | "originalTimestamp":"2001-01-01T00:00:00Z","sentAt":"2001-01-01T00:00:10Z","receivedAt":"2026-03-01T11:00:10.250Z" | 2026-03-01T11:00:00.250Z
            the record's time where not received       | "originalTimestamp":"2001-01-01T00:00:00Z","sentAt":"2001-01-01T00:00:10Z" | 2026-03-01T11:59:49Z
            the device's time where not sent           | "originalTimestamp":"2026-03-01T10:00:00+01:00" | 2026-03-01T09:00:00Z
            received where nothing else is known       | "receivedAt":"2026-03-01T11:00:00Z" | 2026-03-01T11:00:00Z
            the record's time where nothing is known   | "x":1 | 2026-03-01T11:59:59Z
            """)
    void eventTimeIs(String rule, String times, String expected) {
        Admitted admitted = Desk.onlyAdmitted(
                desk.segment("{\"type\":\"screen\",\"messageId\":\"m\",\"anonymousId\":\"v\"," + times + "}"));

        assertThat(admitted.event().getOccurredAt()).as(rule).isEqualTo(expected);
        assertThat(admitted.event().getOrigin().getClock()).isEqualTo(expected);
    }

    @Test
    void halfSurrogatesInFreeTextBecomeReplacementCharacters() {
        Admitted admitted = Desk.onlyAdmitted(desk.segment(
                "{\"type\":\"track\",\"event\":\"E\",\"messageId\":\"m\",\"anonymousId\":\"v\",\"timestamp\":\"2026-03-01T12:00:00Z\","
                        + "\"properties\":{\"a\":\"x\\ud800y\",\"b\":\"\\ud83d\\ude00\"}}"));

        assertThat(admitted.event().getInteraction().getProperties())
                .isEqualTo(Map.of("a", "x\uFFFDy", "b", "\uD83D\uDE00"));
    }
}
