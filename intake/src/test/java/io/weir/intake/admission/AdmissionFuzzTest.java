package io.weir.intake.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.serde.AvroSerdes;
import io.weir.core.serde.SchemaRegistry;
import io.weir.schemas.CollectedEvent;
import io.weir.schemas.Event;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.kafka.common.serialization.Serializer;

/** Whatever the bytes are: an admission, complete, and no exception. */
class AdmissionFuzzTest {

    private static final String MESSAGE = """
            {"type":"track","event":"Order Completed","messageId":"m-1","anonymousId":"v-1","userId":"u-1","timestamp":"2026-03-01T11:59:00.123Z",
             "context":{"page":{"url":"https://www.shop.example/p/1","referrer":"https://www.google.de/"},"ip":"203.0.113.77",
             "campaign":{"source":"a","medium":"cpc"},"library":{"name":"analytics.js","version":"5"}},
             "properties":{"order_id":"o-00c0ffee00c0ffee","revenue":19.90,"currency":"EUR","merchant_id":"m-1",
             "products":[{"product_id":"p-1","name":"N","category":"home","quantity":2,"price":9.95}]}}""";

    private static Desk desk;
    private static Serializer<CollectedEvent> serializer;

    @BeforeContainer
    static void open() {
        desk = new Desk("weir.intake.tracking-plan", "builtin:shop");
        serializer =
                new AvroSerdes(new SchemaRegistry("mock://admission", Map.of(), true)).serializer(CollectedEvent.class);
    }

    @AfterContainer
    static void close() {
        desk.close();
    }

    @Property(tries = 3_000)
    void anyBytesGiveAnAdmission(@ForAll byte[] bytes, @ForAll("topics") String topic) {
        assertComplete(desk.admit(topic, bytes));
    }

    @Property(tries = 3_000)
    void truncatedAndMutatedMessagesGiveAnAdmission(@ForAll("mutatedMessages") byte[] bytes) {
        assertComplete(desk.admit("segment", bytes));
        assertComplete(desk.admit("weir", bytes));
    }

    @Property(tries = 3_000)
    void anyValueInAnyPlaceGivesAnAdmission(@ForAll("values") String value, @ForAll("places") String place) {
        String message = MESSAGE.replaceFirst(
                "(\"" + place + "\":)(\"[^\"]*\"|[0-9.]+|\\{|\\[)",
                "$1" + java.util.regex.Matcher.quoteReplacement(value) + ",\"rest\":$2");

        assertComplete(desk.admit("segment", message.getBytes(StandardCharsets.UTF_8)));
        assertComplete(desk.admit(
                "segment", ("{\"batch\":[" + message + "," + value + "]}").getBytes(StandardCharsets.UTF_8)));
    }

    @Property(tries = 2_000)
    void mutatedAvroGivesAnAdmission(@ForAll("mutations") List<int[]> mutations) {
        CollectedEvent event = new CollectedEvent();
        event.setVisitorId("v-1");
        event.setEventName("Product Added");
        event.setInteraction(new io.weir.schemas.Interaction("Product Added", Map.of("a", 1L, "b", "text")));

        assertComplete(desk.admit("avro", mutate(serializer.serialize("avro", event), mutations)));
    }

    @Property(tries = 20)
    void hugeTextsAndDeepNestingGiveAnAdmission(@ForAll("sizes") int size) {
        String text = "\"" + "é".repeat(size) + "\"";
        String nested = "[".repeat(size) + "]".repeat(size);

        assertComplete(segment("{\"type\":\"track\",\"event\":" + text + ",\"anonymousId\":\"v\"}"));
        assertComplete(segment(
                "{\"type\":\"track\",\"event\":\"E\",\"anonymousId\":\"v\",\"properties\":{\"a\":" + nested + "}}"));
        assertComplete(
                segment("{" + text + ":" + text + ",\"type\":\"page\",\"context\":{\"userAgent\":" + text + ",\"ip\":"
                        + text + ",\"campaign\":{\"source\":\"" + "a.".repeat(size) + "\"}},\"anonymousId\":\"v\"}"));
        assertComplete(segment(
                "{\"type\":\"track\",\"event\":\"Ad Viewed\",\"properties\":{\"price\":" + "9".repeat(size) + "}}"));
    }

    private static List<Admission> segment(String message) {
        return desk.admit("segment", message.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertComplete(List<Admission> admissions) {
        assertThat(admissions).isNotEmpty().allSatisfy(admission -> {
            assertThat(admission.label().eventName()).isNotNull();
            if (admission instanceof Refused refused) {
                assertThat(refused.value()).isNotNull();
                assertThat(refused.message()).endsWith(".").doesNotContain("203.0.113");
                assertThat(refused.reason()).isNotNull();
            } else {
                Event event = ((Admitted) admission).event();
                assertThat(event.getEventId()).isNotEmpty();
                assertThat(event.getVisitorId()).isNotEmpty();
                assertThat(event.get(event.getKind().name())).isNotNull();
                assertThat(event.toString()).doesNotContain("203.0.113.77");
            }
        });
    }

    private static byte[] mutate(byte[] bytes, List<int[]> mutations) {
        byte[] mutated = bytes.clone();
        for (int[] mutation : mutations) {
            mutated[mutation[0] % mutated.length] = (byte) mutation[1];
        }
        return mutated;
    }

    @Provide
    Arbitrary<String> topics() {
        return Arbitraries.of("segment", "avro", "weir");
    }

    @Provide
    Arbitrary<Integer> sizes() {
        return Arbitraries.integers().between(1, 250_000);
    }

    @Provide
    Arbitrary<List<int[]>> mutations() {
        return Combinators.combine(
                        Arbitraries.integers().between(5, 10_000),
                        Arbitraries.integers().between(-128, 127))
                .as((at, to) -> new int[] {at, to})
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<byte[]> mutatedMessages() {
        byte[] message = MESSAGE.getBytes(StandardCharsets.UTF_8);
        Arbitrary<byte[]> truncated = Arbitraries.integers()
                .between(0, message.length - 1)
                .map(length -> java.util.Arrays.copyOf(message, length));
        return Arbitraries.oneOf(truncated, mutations().map(mutations -> mutate(message, mutations)));
    }

    @Provide
    Arbitrary<String> places() {
        return Arbitraries.of(
                "type",
                "event",
                "messageId",
                "anonymousId",
                "userId",
                "timestamp",
                "context",
                "page",
                "url",
                "referrer",
                "ip",
                "campaign",
                "source",
                "library",
                "properties",
                "order_id",
                "revenue",
                "currency",
                "merchant_id",
                "products",
                "product_id",
                "quantity",
                "price");
    }

    @Provide
    Arbitrary<String> values() {
        Arbitrary<String> texts = Arbitraries.strings()
                .ofMaxLength(300)
                .map(text -> new String(
                        text.replaceAll("[\"\\\\\\p{Cntrl}]", "").getBytes(StandardCharsets.UTF_8),
                        StandardCharsets.UTF_8))
                .map(text -> "\"" + text + "\"");
        Arbitrary<String> odd = Arbitraries.of(
                "null",
                "true",
                "{}",
                "[]",
                "[[1]]",
                "0",
                "-0",
                "-1",
                "1e999999999",
                "-1E-999999999",
                "1.0000001",
                "NaN",
                "\"NaN\"",
                "\"\\u0000\"",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\"",
                "9223372036854775808",
                "\"2026-03-01T12:00:00+99:99\"",
                "\"0000-00-00T00:00:00Z\"",
                "\"http://\"",
                "\"http://[::1\"",
                "\"//\"",
                "\"::ffff:1.2.3.4\"",
                "\"\"");
        return Arbitraries.oneOf(texts, odd);
    }
}
