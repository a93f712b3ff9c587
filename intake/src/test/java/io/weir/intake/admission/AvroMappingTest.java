package io.weir.intake.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.json.AvroJsonReader;
import io.weir.core.serde.AvroSerdes;
import io.weir.core.serde.RegistryUnavailableException;
import io.weir.core.serde.SchemaRegistry;
import io.weir.core.settings.Settings;
import io.weir.schemas.CollectedEvent;
import io.weir.schemas.DeadLetterReason;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of a {@code CollectedEvent}. */
class AvroMappingTest {

    private final Desk desk = new Desk("weir.intake.tracking-plan", "builtin:shop");

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void everyFieldOfACollectedEventFindsItsPlace() {
        Admitted admitted = Desk.onlyAdmitted(desk.avro(collected("""
                {"event_id":"e-1","event_name":"ad viewed","occurred_at":"2026-03-01T11:00:00.001Z",
                 "received_at":"2026-03-01T11:00:01.000Z","visitor_id":"v-1","customer_id":"u-1",
                 "page":{"url":"https://shop.example/a?b","title":"T","referrer":"https://t.co/x","page_id":"p","parent_page_id":"q"},
                 "campaign":{"source":"google","medium":"cpc","name":"spring","term":"t","content":"c"},
                 "ip":"2001:db8:1:2::3","locale":"en","country":"GB","app":"Shop","app_version":"1","library":"go","library_version":"2",
                 "impression":{"merchant_id":"m-1","campaign_id":"m-1-c1","ad_id":"m-1-c1-a1","placement":"search-top",
                   "impression_id":"i","price_micros":1500000,"currency":"GBP"}}""")));

        ObjectNode event = (ObjectNode) Desk.json(admitted.event());
        ((ObjectNode) event.get("client")).remove("ip_hash");
        assertThat(event).isEqualTo(Desk.json("""
                {"event_id":"e-1","kind":"impression","occurred_at":"2026-03-01T11:00:00.001Z",
                 "received_at":"2026-03-01T11:00:01.000Z","visitor_id":"v-1","customer_id":"u-1",
                 "page":{"url":"https://shop.example/a?b","path":"/a","title":"T","referrer":"https://t.co/x","page_id":"p","parent_page_id":"q"},
                 "acquisition":{"channel":"paid_search","source":"google","medium":"cpc","campaign":"spring","term":"t","content":"c"},
                 "client":{"is_bot":false,"ip_prefix":"2001:db8:1::/48","locale":"en","country":"GB","app":"Shop","app_version":"1",
                   "library":"go","library_version":"2"},
                 "origin":{"topic":"avro","partition":3,"offset":42,"clock":"2026-03-01T11:00:00.001Z"},
                 "impression":{"merchant_id":"m-1","campaign_id":"m-1-c1","ad_id":"m-1-c1-a1","placement":"search-top",
                   "impression_id":"i","price_micros":1500000,"currency":"GBP"}}"""));
        assertThat(admitted.label()).isEqualTo(new EventLabel("avro", "Ad Viewed", "go", "2"));
        assertThat(admitted.breach()).isNull();
    }

    @ParameterizedTest(name = "{1} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "visitor_id":"v"                                                                       | MISSING_FIELD       |
            "visitor_id":"v","app_signal":{"token":"t","scheme":"s"},"page_view":{}                 | WRONG_TYPE          | /app_signal
            "page_view":{}                                                                          | MISSING_FIELD       | /visitor_id
            "visitor_id":"","page_view":{}                                                          | INVALID_IDENTIFIER  | /visitor_id
            "visitor_id":"v","event_id":"\\u0007","page_view":{}                                     | INVALID_IDENTIFIER  | /event_id
            "visitor_id":"v","occurred_at":"1970-01-01T00:00:00.000Z","page_view":{}                | TOO_OLD             | /occurred_at
            "visitor_id":"v","occurred_at":"2137-01-01T00:00:00.000Z","page_view":{}                | TOO_NEW             | /occurred_at
            "visitor_id":"v","page":{"url":"/relative"},"page_view":{}                              | INVALID_URL         | /page/url
            "visitor_id":"v","click":{"merchant_id":""}                                             | INVALID_IDENTIFIER  | /click/merchant_id
            "visitor_id":"v","click":{"merchant_id":"m","currency":"XQZ"}                           | INVALID_CURRENCY    | /click/currency
            "visitor_id":"v","click":{"merchant_id":"m","price_micros":1000000000000001}            | INVALID_AMOUNT      | /click/price_micros
            "visitor_id":"v","purchase":{"order_id":"o","amount_micros":-1000000000000001,"currency":"EUR"} | INVALID_AMOUNT | /purchase/amount_micros
            "visitor_id":"v","customer_id":"0049 30 1234567","page_view":{}                         | PERSONAL_IDENTIFIER | /customer_id
            "visitor_id":"v","event_name":"Order Completed","purchase":{"order_id":"o-00c0ffee00c0ffee","amount_micros":1,"currency":"EUR"} | PLAN_VIOLATION | /properties/merchant_id
            """)
    void collectedEventIsRefused(String fields, DeadLetterReason reason, String field) {
        Refused refused = Desk.onlyRefused(desk.avro(collected("{" + fields + "}")));

        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.field()).isEqualTo(field == null ? "" : field);
    }

    @Test
    void eventTimeIsReceivedMinusTheTimeBetweenOriginAndSending() {
        Admitted admitted = Desk.onlyAdmitted(desk.avro(collected("""
                {"visitor_id":"v","originated_at":"2001-01-01T00:00:00.000Z","sent_at":"2001-01-01T00:01:00.000Z",
                 "received_at":"2026-03-01T11:01:00.000Z","page_view":{"name":"Home"}}""")));

        assertThat(admitted.event().getOccurredAt()).isEqualTo("2026-03-01T11:00:00Z");
        assertThat(admitted.event().getVisitorId()).isEqualTo("v");
        assertThat(admitted.label().eventName()).isEqualTo("page_view");
    }

    @Test
    void refundIsNegativeWhicheverWayItsSenderCounts() {
        String refund =
                "{\"visitor_id\":\"v\",\"event_name\":\"Order Refunded\",\"purchase\":{\"order_id\":\"o-00c0ffee00c0ffee\","
                        + "\"merchant_id\":\"m-1\",\"currency\":\"EUR\",\"amount_micros\":%d}}";

        Admitted positive = Desk.onlyAdmitted(desk.avro(collected(refund.formatted(9_950_000))));
        Admitted negative = Desk.onlyAdmitted(desk.avro(collected(refund.formatted(-9_950_000))));

        assertThat(positive.event().getPurchase().getAmountMicros()).isEqualTo(-9_950_000);
        assertThat(negative.event().getPurchase()).isEqualTo(positive.event().getPurchase());
        assertThat(positive.breach()).isNull();
    }

    @Test
    void bytesThatAreNoRecordOfTheRegistryAreRefusedWithTheReason() {
        Refused noMagic = Desk.onlyRefused(desk.admit("avro", new byte[] {1, 2, 3}));
        Refused unknown = Desk.onlyRefused(desk.admit("avro", new byte[] {0, 0, 15, 66, 64, 1}));

        assertThat(noMagic.reason()).isEqualTo(DeadLetterReason.MALFORMED);
        assertThat(unknown.reason()).isEqualTo(DeadLetterReason.UNKNOWN_SCHEMA);
        assertThat(unknown.label()).isEqualTo(EventLabel.unread("avro"));
        assertThat(unknown.value()).containsExactly(0, 0, 15, 66, 64, 1);
    }

    @Test
    void registryThatDoesNotAnswerIsNoFaultOfTheMessage() {
        AvroSerdes unreachable = new AvroSerdes(
                new SchemaRegistry("http://127.0.0.1:1", Map.of("http.connect.timeout.ms", "200"), false));
        Gates gates = new Gates(
                AdmissionSettings.from(Settings.of(Map.of("weir.intake.hash-key", Desk.KEY))),
                unreachable,
                Map.of("avro", SourceFormat.AVRO));

        try (Gate gate = gates.open()) {
            RawMessage raw = new RawMessage("avro", 0, 0, 0, new RecordHeaders(), null, new byte[] {0, 0, 0, 0, 7, 1});
            assertThatThrownBy(() -> gate.admit(raw, 0, admission -> {}))
                    .isInstanceOf(RegistryUnavailableException.class);
        }
    }

    private static CollectedEvent collected(String json) {
        return AvroJsonReader.read(Desk.json(json), CollectedEvent.class);
    }
}
