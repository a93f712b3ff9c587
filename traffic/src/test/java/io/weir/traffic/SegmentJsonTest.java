package io.weir.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.DeadLetterReason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SegmentJsonTest {
    private static final int EVENTS = 40_000;
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<Message<byte[]>> MESSAGES = new ArrayList<>();

    private static final List<Read> SOUND = new ArrayList<>();

    private record Read(JsonNode json, Label label) {}

    @BeforeAll
    static void make() {
        TrafficSettings settings = TrafficSettings.builder()
                .events(EVENTS)
                .rate(15)
                .brokenShare(0.05)
                .build();
        Iterator<Message<byte[]>> messages = Traffic.from(settings).segmentJson();
        messages.forEachRemaining(MESSAGES::add);
        SOUND.addAll(soundEvents());
    }

    @Test
    void onlyMessagesLabelledMalformedAreNotJson() {
        for (Message<byte[]> message : MESSAGES) {
            if (malformed(message)) {
                assertThatThrownBy(() -> JSON.readTree(message.value())).isInstanceOf(JacksonException.class);
            } else {
                assertThat(JSON.readTree(message.value()).isObject()).isTrue();
            }
        }
    }

    @Test
    void aMessageHasAsManyEventsAsLabelsAndAtMostEight() {
        Set<Integer> sizes = new TreeSet<>();

        for (Message<byte[]> message : MESSAGES) {
            if (!malformed(message)) {
                JsonNode batch = JSON.readTree(message.value()).get("batch");
                assertThat(message.labels()).hasSize(batch == null ? 1 : batch.size());
                sizes.add(message.labels().size());
            }
        }

        assertThat(sizes).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void eventTimeBySegmentsRuleIsWhenItHappened() {
        for (Read read : SOUND) {
            JsonNode json = read.json();
            long eventTime = json.has("timestamp")
                    ? millis(json, "timestamp")
                    : millis(json, "receivedAt") - (millis(json, "sentAt") - millis(json, "originalTimestamp"));

            assertThat(eventTime).isEqualTo(read.label().truth().occurredAt());
            assertThat(millis(json, "receivedAt")).isGreaterThanOrEqualTo(eventTime);
        }
    }

    @Test
    void whoAndWhatAreThoseOfTheModel() {
        for (Read read : SOUND) {
            ShopEvent truth = read.label().truth();
            JsonNode json = read.json();
            assertThat(json.get("messageId").asString()).isEqualTo(truth.eventId());
            assertThat(json.get("anonymousId").asString())
                    .isEqualTo(truth.visit().visitorId());
            assertThat(json.path("userId").asString(""))
                    .isEqualTo(truth.customerId() == null ? "" : truth.customerId());
            switch (json.get("type").asString()) {
                case "track" ->
                    assertThat(json.get("event").asString())
                            .isEqualTo(truth.payload().eventName());
                case "identify" -> assertThat(truth.payload().eventName()).isEqualTo("identify");
                default -> assertThat(truth.payload().eventName()).isEqualTo("page_view");
            }
        }
    }

    /** README.md promises exactly these; the tracking plan is written against them. */
    @Test
    void propertiesAreThoseOfTheReadme() {
        Map<String, Set<String>> properties = new TreeMap<>();

        for (Read read : SOUND) {
            JsonNode json = read.json();
            String type = json.get("type").asString();
            String name = type.equals("track") ? json.get("event").asString() : type;
            JsonNode of = json.get(type.equals("identify") ? "traits" : "properties");
            properties.computeIfAbsent(name, key -> new TreeSet<>()).addAll(of.propertyNames());
        }

        Set<String> ad =
                Set.of("ad_id", "campaign_id", "currency", "impression_id", "merchant_id", "placement", "price");
        Set<String> promotion = Set.of(
                "campaign_id", "currency", "impression_id", "merchant_id", "position", "price_micros", "promotion_id");
        Set<String> video =
                Set.of("ad_id", "campaign_id", "impression_id", "merchant_id", "placement", "position", "total_length");
        Set<String> product = Set.of("category", "currency", "merchant_id", "name", "price", "product_id", "quantity");
        Map<String, Set<String>> expected = new TreeMap<>();
        expected.put("Ad Clicked", ad);
        expected.put("Ad Viewed", ad);
        expected.put("App Attested", Set.of("scheme", "token"));
        expected.put("Checkout Failed", Set.of("attempt", "currency", "payment_method", "reason", "value"));
        expected.put("Checkout Started", Set.of("currency", "lines", "value"));
        expected.put("Collector Health", Set.of("dropped", "retried", "sent"));
        expected.put("Experiment Viewed", Set.of("experiment_id", "unit_type", "variation_id"));
        expected.put("Newsletter Subscribed", Set.of("list"));
        expected.put("Order Completed", Set.of("currency", "merchant_id", "order_id", "products", "revenue"));
        expected.put("Order Refunded", Set.of("currency", "merchant_id", "order_id", "revenue"));
        expected.put("Product Added", product);
        expected.put("Product Removed", product);
        expected.put("Products Searched", Set.of("query", "results"));
        expected.put("Promotion Clicked", promotion);
        expected.put("Promotion Viewed", promotion);
        expected.put("Signed In", Set.of("method"));
        expected.put("Video Ad Completed", video);
        expected.put("Video Ad Playing", video);
        expected.put("Video Ad Started", video);
        expected.put("identify", Set.of("newsletter", "plan", "since"));
        expected.put("page", Set.of("category", "path", "url"));
        expected.put("screen", Set.of("category"));
        assertThat(properties).isEqualTo(expected);
    }

    @Test
    void noMessageTellsItsLabel() {
        List<String> words = new ArrayList<>(List.of("fraud", "label", "duplicate", "breakage", "author"));
        for (FraudScheme scheme : FraudScheme.values()) {
            words.add(scheme.name().toLowerCase(Locale.ROOT));
        }

        for (Message<byte[]> message : MESSAGES) {
            String text = new String(message.value(), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
            assertThat(words).noneMatch(text::contains);
        }
    }

    @Test
    void theTallyAddsUp() {
        Tally tally = new Tally();

        MESSAGES.forEach(tally::add);

        assertThat(tally.messages()).isEqualTo(MESSAGES.size());
        assertThat(tally.events()).isEqualTo(EVENTS);
        assertThat(tally.acceptedInAll() + tally.duplicates() + tally.deadLettersInAll())
                .isEqualTo(EVENTS);
        assertThat(tally.deadLetters())
                .containsOnlyKeys(
                        DeadLetterReason.MALFORMED,
                        DeadLetterReason.TOO_DEEP,
                        DeadLetterReason.WRONG_TYPE,
                        DeadLetterReason.INVALID_TIME,
                        DeadLetterReason.MISSING_FIELD,
                        DeadLetterReason.INVALID_IDENTIFIER,
                        DeadLetterReason.TOO_OLD,
                        DeadLetterReason.TOO_NEW,
                        DeadLetterReason.INVALID_URL,
                        DeadLetterReason.INVALID_CURRENCY,
                        DeadLetterReason.INVALID_AMOUNT,
                        DeadLetterReason.PERSONAL_IDENTIFIER,
                        DeadLetterReason.PLAN_VIOLATION);
    }

    private static List<Read> soundEvents() {
        List<Read> all = new ArrayList<>();
        for (Message<byte[]> message : MESSAGES) {
            if (message.labels().get(0).breakage().isEmpty()) {
                JsonNode json = JSON.readTree(message.value());
                for (int i = 0; i < message.labels().size(); i++) {
                    all.add(new Read(
                            json.has("batch") ? json.get("batch").get(i) : json,
                            message.labels().get(i)));
                }
            }
        }
        return all;
    }

    private static boolean malformed(Message<byte[]> message) {
        return message.labels().get(0).refusal().equals(Optional.of(DeadLetterReason.MALFORMED));
    }

    private static long millis(JsonNode json, String field) {
        return Instant.parse(json.get(field).asString()).toEpochMilli();
    }
}
