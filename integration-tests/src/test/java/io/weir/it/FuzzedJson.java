package io.weir.it;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Messages in Segment's spec, and what becomes of them in the hands of the careless, the unlucky and the malicious. */
final class FuzzedJson {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MIB = 1024 * 1024;

    /** In place of any value. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-0.0",
            "1e308",
            "1e-400",
            "123456789012345678901234567890.123456789",
            "9223372036854775808",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"a\\u0007b\\u001b[2J\\r\\n\"",
            "\"\\ud800\"",
            "\"x\\udfff\\ud800x\"",
            "\"\\ufeff\\u202e\\u2066\"",
            "\"\uD83D\uDE00\u0301\u0301\u0301\"",
            "\"NaN\"",
            "\"-12.3456789\"",
            "\"1e999999999\"",
            "\"'; DROP TABLE sessions; --\"",
            "\"%s%n${jndi:ldap://127.0.0.1/x}\"",
            "[]",
            "{}",
            "[[],{},null]",
            "{\"a\":{\"b\":[1,\"2\",null]}}");

    /** What no decoder takes: it spoils the whole message. */
    private static final List<String> UNDECODABLE =
            List.of("1e999999999", "-1e2147483648", "NaN", "-Infinity", "0x10", "01", "'a'", "undefined", "\"\t\"");

    /** Stands where another value will stand. */
    private static final String MARK = "@value@";

    /** In place of a time. */
    private static final List<String> TIMES = List.of(
            "\"1969-12-31T23:59:59.999Z\"",
            "\"0000-01-01T00:00:00Z\"",
            "\"-9999-01-01T00:00:00Z\"",
            "\"9999-12-31T23:59:59.999Z\"",
            "\"+999999999-12-31T23:59:59Z\"",
            "\"2137-02-30T25:61:61Z\"",
            "\"2026-01-01\"",
            "\"2026-01-01T00:00:00+23:59\"",
            "\"yesterday\"",
            "0",
            "-1",
            "1e18",
            "9223372036854775807",
            "-9223372036854775808",
            "123.456");

    private static final List<String> TIME_FIELDS = List.of("timestamp", "originalTimestamp", "sentAt", "receivedAt");

    private static final List<String> URLS = List.of(
            "http://[::1",
            "https://user:secret@shop.example:99999/%zz?q=%",
            "javascript:alert(1)",
            "//",
            "https://xn--.example/\u0000",
            "https://shop.example/" + "a/".repeat(3_000),
            "HTTP://SHOP.EXAMPLE/\uD800?utm_source=%ff&utm_medium=%");

    private final Random random;
    private final List<Supplier<FuzzedMessage>> kinds;
    private int messages;

    FuzzedJson(long seed) {
        this.random = new Random(seed);
        this.kinds = List.of(
                () -> one(message()),
                () -> one(message()),
                this::batch,
                this::repeated,
                this::truncated,
                this::anotherValue,
                this::anotherValue,
                this::undecodableValue,
                this::anotherTime,
                this::anotherUrl,
                this::rawControlCharacter,
                this::hugeString,
                this::deepNesting,
                this::flippedBits,
                this::randomBytes,
                this::scalar,
                this::doubleKey,
                this::oddBatch);
    }

    /** The next message. */
    FuzzedMessage next() {
        return kinds.get(random.nextInt(kinds.size())).get();
    }

    private FuzzedMessage batch() {
        int size = 1 + random.nextInt(6);
        List<String> items = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            items.add(random.nextInt(4) == 0 ? changed(any(VALUES)) : text(message()));
        }
        String batch = """
                {"batch":[%s],"sentAt":"%s","context":{"library":{"name":"batcher","version":"1.0"}}}""".formatted(String.join(",", items), Instant.now());
        return FuzzedMessage.batch(utf8(batch), size);
    }

    /** An identifier that may have been there before. */
    private FuzzedMessage repeated() {
        return one(message().put("messageId", "again-" + random.nextInt(50)).put("anonymousId", "v-again"));
    }

    private FuzzedMessage truncated() {
        byte[] whole = bytes(message());
        return single(Arrays.copyOf(whole, random.nextInt(whole.length)));
    }

    private FuzzedMessage anotherValue() {
        return single(utf8(changed(any(VALUES))));
    }

    private FuzzedMessage undecodableValue() {
        return single(utf8(changed(any(UNDECODABLE))));
    }

    private FuzzedMessage anotherTime() {
        ObjectNode message = message().put(any(TIME_FIELDS), MARK);
        return single(utf8(marked(text(message), any(TIMES))));
    }

    private FuzzedMessage anotherUrl() {
        ObjectNode message = message();
        ((ObjectNode) message.get("context"))
                .putObject("page")
                .put("url", any(URLS))
                .put("referrer", any(URLS))
                .put("path", any(URLS));
        return one(message);
    }

    private FuzzedMessage rawControlCharacter() {
        byte[] bytes = bytes(message());
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(0x20);
        return single(bytes);
    }

    /** Mostly tens of thousands of characters; rarely about as much as a message may have, or more. */
    private FuzzedMessage hugeString() {
        String huge = random.nextInt(300) == 0
                ? "a".repeat(MIB / 2 + random.nextInt(MIB))
                : "\u00e4".repeat(random.nextInt(5_000));
        ObjectNode message = message();
        switch (random.nextInt(4)) {
            case 0 -> message.put("messageId", huge);
            case 1 -> message.put("event", huge);
            case 2 -> ((ObjectNode) message.get("context")).put("userAgent", huge);
            default -> ((ObjectNode) message.get("properties")).put(random.nextBoolean() ? huge : "note", huge);
        }
        return one(message);
    }

    private FuzzedMessage deepNesting() {
        int depth = 1 + random.nextInt(random.nextInt(20) == 0 ? 20_000 : 100);
        boolean arrays = random.nextBoolean();
        String nested = (arrays ? "[" : "{\"n\":").repeat(depth) + "1" + (arrays ? "]" : "}").repeat(depth);
        String message = text(message());
        return single(utf8(message.replace("\"properties\":{", "\"properties\":{\"nested\":" + nested + ",")));
    }

    private FuzzedMessage flippedBits() {
        byte[] bytes = bytes(message());
        int flips = 1 + random.nextInt(8);
        for (int i = 0; i < flips; i++) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return single(bytes);
    }

    private FuzzedMessage randomBytes() {
        if (random.nextInt(10) == 0) {
            return single(null);
        }
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        return single(bytes);
    }

    private FuzzedMessage scalar() {
        return single(utf8(any(VALUES)));
    }

    private FuzzedMessage doubleKey() {
        String message = text(message());
        return single(utf8("{\"messageId\":\"twice\"," + message.substring(1)));
    }

    private FuzzedMessage oddBatch() {
        List<String> items = new ArrayList<>();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            items.add(any(VALUES));
        }
        byte[] bytes = utf8("{\"context\":{},\"batch\":[" + String.join(",", items) + "]}");
        return size == 0 ? single(bytes) : FuzzedMessage.batch(bytes, size);
    }

    private ObjectNode message() {
        ObjectNode message = JSON.createObjectNode();
        boolean page = random.nextInt(3) == 0;
        message.put("type", page ? "page" : "track");
        message.put("messageId", "m-" + messages++);
        message.put("anonymousId", "v-" + random.nextInt(500));
        message.put("userId", "c-" + random.nextInt(100));
        message.put("timestamp", Instant.now().toString());
        if (!page) {
            message.put(
                    "event", any(List.of("Ad Clicked", "Ad Viewed", "Order Completed", "Video Ad Playing", "Search")));
        }
        ObjectNode context = message.putObject("context");
        context.put("userAgent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        context.put("ip", "203.0.113." + random.nextInt(256));
        context.put("locale", "de-DE");
        context.putObject("page").put("url", "https://shop.example/p/" + random.nextInt(50) + "?utm_source=x");
        context.putObject("library").put("name", "fuzz").put("version", "1.0");
        ObjectNode properties = message.putObject("properties");
        properties
                .put("merchant_id", "m-1")
                .put("ad_id", "a-1")
                .put("price", "0.25")
                .put("currency", "EUR");
        properties
                .put("order_id", "o-" + messages)
                .put("revenue", 12.5)
                .put("position", 3)
                .put("total_length", 30);
        properties
                .putArray("products")
                .addObject()
                .put("product_id", "p-1")
                .put("price", 12.5)
                .put("quantity", 1);
        return message;
    }

    /** A message with another value somewhere, at any depth, or without one. */
    private String changed(String value) {
        ObjectNode message = message();
        ObjectNode at = message;
        while (true) {
            List<String> names = List.copyOf(at.propertyNames());
            String name = any(names);
            if (at.get(name) instanceof ObjectNode below && !below.isEmpty() && random.nextInt(5) > 0) {
                at = below;
            } else if (random.nextInt(8) == 0) {
                at.remove(name);
                return text(message);
            } else {
                at.put(name, MARK);
                return marked(text(message), value);
            }
        }
    }

    private static String marked(String message, String value) {
        return message.replace("\"" + MARK + "\"", value);
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static FuzzedMessage one(JsonNode message) {
        return single(bytes(message));
    }

    private static FuzzedMessage single(byte[] value) {
        return FuzzedMessage.one(value);
    }

    private static byte[] bytes(JsonNode message) {
        return utf8(text(message));
    }

    /** Escaped, since half a surrogate pair cannot be written in UTF-8. */
    private static String text(JsonNode message) {
        return JSON.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsString(message);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
