package io.weir.benchmarks;

import io.weir.schemas.EventKind;
import io.weir.traffic.Label;
import io.weir.traffic.Message;
import io.weir.traffic.Traffic;
import io.weir.traffic.TrafficSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Very many visitors whom a service knows: each has seen a page and an advertisement within two hours. Made-up shop traffic would show as
 * many visitors only with a dozen events each.
 */
final class KnownVisitors {

    /** Events of each before anything is measured. */
    static final int EVENTS_EACH = 2;

    private static final Duration SPAN = Duration.ofHours(2);
    /** Messages of each kind that theirs are made from: they are of different merchants and pages. */
    private static final int PATTERNS = 200;

    private static final long ODD = 0x9E3779B97F4A7C15L;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final int count;
    private final Instant end;
    private final List<ObjectNode> pages = new ArrayList<>();
    private final List<ObjectNode> impressions = new ArrayList<>();

    /** @param end of the time in which they came */
    KnownVisitors(int count, Instant end) {
        this.count = count;
        this.end = end;
        for (Iterator<Message<byte[]>> messages =
                        Traffic.from(TrafficSettings.defaults()).segmentJson();
                pages.size() < PATTERNS || impressions.size() < PATTERNS; ) {
            Message<byte[]> message = messages.next();
            Label label = message.labels().get(0);
            boolean plain = message.labels().size() == 1 && label.breakage().isEmpty();
            if (plain && label.kind() == EventKind.page_view) {
                pages.add(pattern(message));
            } else if (plain && label.kind() == EventKind.impression) {
                impressions.add(pattern(message));
            }
        }
    }

    private static ObjectNode pattern(Message<byte[]> message) {
        ObjectNode pattern = (ObjectNode) JSON.readTree(message.value());
        pattern.remove(List.of("originalTimestamp", "sentAt", "receivedAt", "userId"));
        return pattern;
    }

    private static String id(long number) {
        return new UUID(number * ODD, ~number * ODD).toString();
    }

    /** Some of them. */
    List<String> some(int most) {
        Random random = new Random(1);
        return IntStream.range(0, most)
                .mapToObj(any -> id(random.nextInt(count)))
                .distinct()
                .toList();
    }

    /** All that they have done. */
    Iterator<Message<byte[]>> messages() {
        return IntStream.range(0, count)
                .boxed()
                .flatMap(number -> IntStream.range(0, EVENTS_EACH).mapToObj(which -> message(number, which)))
                .iterator();
    }

    private Message<byte[]> message(int number, int which) {
        List<ObjectNode> patterns = which == 0 ? pages : impressions;
        ObjectNode json = patterns.get(number % patterns.size());
        Instant at = end.minus(SPAN).plusMillis(SPAN.toMillis() * number / count + which * 1_000L);
        json.put("messageId", "known-" + number + "-" + which)
                .put("anonymousId", id(number))
                .put("timestamp", at.toString());
        if (which > 0) {
            ((ObjectNode) json.get("properties")).put("impression_id", "known-" + number);
        }
        return new Message<>(id(number), JSON.writeValueAsBytes(json), at.toEpochMilli(), List.of());
    }

    /** Messages of others as if they were of some of them, whichever that is. */
    Iterator<Message<byte[]>> as(Iterator<Message<byte[]>> others) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return others.hasNext();
            }

            @Override
            public Message<byte[]> next() {
                return asKnown(others.next());
            }
        };
    }

    private Message<byte[]> asKnown(Message<byte[]> message) {
        if (message.key() == null) {
            return message;
        }
        String known = id(Math.floorMod((message.key().hashCode() * ODD) >>> 16, (long) count));
        String json = new String(message.value(), StandardCharsets.UTF_8).replace(message.key(), known);
        return new Message<>(known, json.getBytes(StandardCharsets.UTF_8), message.appendedAt(), message.labels());
    }
}
