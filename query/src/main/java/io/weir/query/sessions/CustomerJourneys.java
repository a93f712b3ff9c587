package io.weir.query.sessions;

import io.weir.query.ask.Arguments;
import io.weir.query.ask.Asker;
import io.weir.query.ask.Reply;
import io.weir.query.http.Body;
import io.weir.query.http.Request;
import io.weir.query.state.UnavailableException;
import io.weir.sessionizer.identity.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** The events of a customer over all visitors that they were, which are in many partitions. */
final class CustomerJourneys {

    private static final JsonMapper JSON = new JsonMapper();

    /** Of a customer who has been more visitors the most recent are shown, and the answer is partial. */
    private static final int MOST_VISITORS = 100;
    /** Visitors that are asked for at once: what they know is held together, some 10 MB at most. */
    private static final int AT_ONCE = 10;
    /** Where processes do not answer, so long is tried, besides the last that are waited for. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** As texts: of times with as many digits, and ids. */
    private static final Comparator<JsonNode> IN_ORDER = Comparator.comparing(
                    (JsonNode event) -> event.get("occurred_at").asString())
            .thenComparing(event -> event.get("event_id").asString());

    private final Asker asker;

    CustomerJourneys(Asker asker) {
        this.asker = asker;
    }

    /** A page of events, oldest first. */
    Body journey(Request request) {
        long begun = System.nanoTime();
        int limit = request.get(SessionEndpoints.LIMIT);
        String customer = request.get(SessionEndpoints.CUSTOMER);
        Interval wanted = SessionEndpoints.time(request);
        Reply known = asker.ask(
                SessionQuestions.VISITORS,
                customer,
                Arguments.none().with("customer", customer).with("most", MOST_VISITORS + 1));
        List<Reply> replies = new ArrayList<>(List.of(known));
        List<JsonNode> events = List.of();
        List<JsonNode> visitors =
                known.data().valueStream().limit(MOST_VISITORS).toList();
        for (int i = 0; i < visitors.size(); i += AT_ONCE) {
            if (System.nanoTime() - begun > PATIENCE_NANOS) {
                throw new UnavailableException("Those who hold this customer's events do not answer in time.");
            }
            List<JsonNode> some = visitors.subList(i, Math.min(visitors.size(), i + AT_ONCE));
            List<Reply> answers = asker.askEach(SessionQuestions.JOURNEY, questions(some, wanted, request));
            replies.addAll(answers);
            events = Stream.concat(
                            events.stream(),
                            answers.stream().flatMap(reply -> reply.data().valueStream()))
                    .sorted(IN_ORDER)
                    .limit(limit + 1L)
                    .toList();
            if (events.size() > limit) {
                // Nothing later than that is on this page.
                wanted = new Interval(wanted.first(), occurredAt(events.get(limit)));
            }
        }
        ArrayNode shown = JSON.createArrayNode();
        events.stream().limit(limit).forEach(shown::add);
        return new Body(
                shown,
                replies.stream().anyMatch(Reply::stale),
                replies.stream().mapToLong(Reply::lag).sum(),
                known.data().size() > MOST_VISITORS,
                events.size() > limit ? SessionEndpoints.after(shown) : null);
    }

    private static Map<String, Arguments> questions(List<JsonNode> visitors, Interval wanted, Request request) {
        Map<String, Arguments> questions = new LinkedHashMap<>();
        for (JsonNode visitor : visitors) {
            List<Interval> times = within(visitor.get("times").asString(), wanted);
            if (!times.isEmpty()) {
                String id = visitor.get("visitor_id").asString();
                questions.put(id, SessionEndpoints.journeyOf(id, times, request));
            }
        }
        return questions;
    }

    private static long occurredAt(JsonNode event) {
        return Instant.parse(event.get("occurred_at").asString()).toEpochMilli();
    }

    private static List<Interval> within(String times, Interval wanted) {
        List<Interval> within = new ArrayList<>();
        for (Interval time : SessionQuestions.times(times)) {
            long first = Math.max(time.first(), wanted.first());
            long last = Math.min(time.last(), wanted.last());
            if (first <= last) {
                within.add(new Interval(first, last));
            }
        }
        return within;
    }
}
