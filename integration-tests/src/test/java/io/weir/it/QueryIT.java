package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.weir.traffic.Tally;
import io.weir.traffic.Traffic;
import io.weir.traffic.TrafficSettings;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Three processes, each with a part of the state, against what an independent reader finds in the topics. */
@ExtendWith(SharedCluster.class)
class QueryIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int EVENTS = 1_500;
    private static final int VISITORS_ASKED = 40;
    /** The session timeout of tests is 6 s; restoring what is here takes less than a second. */
    private static final Duration TAKEN_OVER = Duration.ofMinutes(2);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final Instant start = Instant.now().minus(Duration.ofMinutes(10));

    @Test
    void everyProcessAnswersForAllAndNeverWronglyWhenOneIsKilled(Cluster cluster) {
        cluster.createTopic("queried.raw", 4);
        Traffic traffic = Traffic.from(TrafficSettings.builder()
                .seed(31)
                .start(start)
                .events(EVENTS)
                .rate(5)
                .dayCurve(false)
                .visitors(200)
                .build());
        Tally tally = Feed.all(cluster, "queried.raw", traffic.segmentJson());
        long sent = tally.acceptedInAll() + tally.duplicates() + tally.deadLettersInAll();
        WeirDeployment deployment = new WeirDeployment(cluster, "queried", folder)
                .source("queried.raw", "segment-json")
                .with("weir.intake.tracking-plan", "builtin:shop")
                .with("weir.topics.partitions", "4")
                .with("weir.http.peer-token", "known to all three of them")
                .with("weir.kafka.standby-replicas", "1")
                // Of the day before that midnight there are statements.
                .with("weir.adspend.close-after", "0s")
                .prepare()
                .shippedRules()
                .budgets(Budgets.of(
                        traffic.merchants(),
                        start.truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(3))));
        try (Output output = deployment.output();
                WeirProcess one = deployment.startInstance("one");
                WeirProcess two = deployment.startInstance("two");
                WeirProcess three = deployment.startInstance("three")) {
            List<WeirProcess> all = List.of(one, two, three);
            all.forEach(WeirProcess::awaitReady);
            Map<String, List<String>> journeys = journeys(cluster, output);
            List<String> visitors =
                    journeys.keySet().stream().limit(VISITORS_ASKED).toList();

            for (WeirProcess process : all) {
                awaitFresh(process, visitors, journeys);
                checkLists(process, output);
                new GivenOut(output).awaitIn(process, sent);
            }
            checkWhatIsAlikeEverywhere(all, visitors);
            checkAnswersAgainstTheDocument(two, visitors, output);
            checkPipes(three, visitors, journeys);
            MetricNames.keep(one.get("/metrics").body());
            // What a rule or cap counts is there in the process where it happened.
            MetricNames.check(
                    all.stream().map(process -> process.get("/metrics").body()).collect(Collectors.joining("\n")));

            one.kill();

            long stale = 0;
            for (WeirProcess survivor : List.of(two, three)) {
                stale += awaitFresh(survivor, visitors, journeys);
                checkLists(survivor, output);
                new GivenOut(output).awaitIn(survivor, sent);
            }
            assertThat(stale).as("answers of copies").isPositive();
            checkWhatIsAlikeEverywhere(List.of(two, three), visitors);
        }
    }

    /** Event ids of each visitor in their order, from the topics. */
    private static Map<String, List<String>> journeys(Cluster cluster, Output output) {
        cluster.awaitRead("queried-intake", "queried.raw");
        cluster.awaitRead("queried-sessionizer", "events.");
        cluster.awaitRead("queried-adspend", "by-merchant");
        Map<String, List<GenericRecord>> events = new TreeMap<>();
        for (GenericRecord event : output.refresh().events()) {
            events.computeIfAbsent(event.get("visitor_id").toString(), any -> new ArrayList<>())
                    .add(event);
        }
        Map<String, List<String>> journeys = new TreeMap<>();
        events.forEach((visitor, ofVisitor) -> journeys.put(
                visitor,
                ofVisitor.stream()
                        .sorted(Comparator.comparing(QueryIT::millis)
                                .thenComparing(event -> event.get("event_id").toString()))
                        .map(event -> event.get("event_id").toString())
                        .toList()));
        assertThat(journeys).hasSizeGreaterThan(VISITORS_ASKED);
        return journeys;
    }

    private static Long millis(GenericRecord event) {
        return (Long) event.get("occurred_at");
    }

    /**
     * Whatever happens meanwhile: each answer is right, or it is said that there is none now.
     *
     * @return how many answers of copies there were
     */
    private static long awaitFresh(WeirProcess process, List<String> visitors, Map<String, List<String>> journeys) {
        List<String> left = new ArrayList<>(visitors);
        AtomicLong stale = new AtomicLong();
        await("all are answered by who writes them").atMost(TAKEN_OVER).until(() -> {
            left.removeIf(visitor -> isFresh(process, visitor, journeys.get(visitor), stale));
            return left.isEmpty();
        });
        return stale.get();
    }

    private static boolean isFresh(WeirProcess process, String visitor, List<String> expected, AtomicLong copies) {
        HttpResponse<String> response = process.get("/api/v1/visitors/" + visitor + "/journey?limit=1000");
        if (response.statusCode() == 503) {
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            return false;
        }
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode body = JSON.readTree(response.body());
        List<String> found = body.get("data")
                .valueStream()
                .map(event -> event.get("event_id").asString())
                .toList();
        boolean stale = body.get("stale").asBoolean();
        assertThat(body.has("lag")).isEqualTo(stale);
        if (stale) {
            assertThat(expected)
                    .as("journey of %s: %s", visitor, response.body())
                    .containsSubsequence(found);
            assertThat(found).isNotEmpty();
            copies.incrementAndGet();
        } else {
            assertThat(found).as("journey of %s: %s", visitor, response.body()).isEqualTo(expected);
        }
        return !stale;
    }

    private static void checkLists(WeirProcess process, Output output) {
        Map<String, Long> views = new HashMap<>();
        for (GenericRecord event : output.of("events.page-views")) {
            views.merge(((GenericRecord) event.get("page")).get("path").toString(), 1L, Long::sum);
        }
        Map<String, Long> found = new HashMap<>();
        JsonNode pages = body(process, "/api/v1/pages/popular?limit=1000");
        assertThat(pages.get("partial").asBoolean()).isFalse();
        pages.get("data")
                .forEach(page ->
                        found.put(page.get("path").asString(), page.get("views").asLong()));
        assertThat(found).isEqualTo(views);

        JsonNode experiments = body(process, "/api/v1/experiments");
        assertThat(experiments
                        .get("data")
                        .valueStream()
                        .map(one -> one.get("experiment_id").asString()))
                .hasSizeGreaterThan(1)
                .doesNotHaveDuplicates();
    }

    private static void checkWhatIsAlikeEverywhere(List<WeirProcess> all, List<String> visitors) {
        for (String visitor : visitors.subList(0, 10)) {
            List<JsonNode> sessions = all.stream()
                    .map(process -> body(process, "/api/v1/visitors/" + visitor + "/sessions")
                            .get("data"))
                    .toList();
            assertThat(sessions).allSatisfy(one -> assertThat(one).isEqualTo(sessions.get(0)));
            assertThat(sessions.get(0)).isNotEmpty();
            String id = sessions.get(0).get(0).get("session_id").asString();
            List<JsonNode> single = all.stream()
                    .map(process -> body(process, "/api/v1/sessions/" + id).get("data"))
                    .toList();
            assertThat(single)
                    .allSatisfy(one -> assertThat(one).isEqualTo(sessions.get(0).get(0)));
        }
        String experiment = body(all.get(0), "/api/v1/experiments")
                .get("data")
                .get(0)
                .get("experiment_id")
                .asString();
        List<JsonNode> results = all.stream()
                .map(process -> body(process, "/api/v1/experiments/" + experiment + "/results?view=live")
                        .get("data"))
                .toList();
        assertThat(results).allSatisfy(one -> assertThat(one).isEqualTo(results.get(0)));
        assertThat(results.get(0).get("units").asLong()).isPositive();
    }

    /** Each address that is documented is asked, and answers as it is documented. */
    private static void checkAnswersAgainstTheDocument(WeirProcess process, List<String> visitors, Output output) {
        SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        JsonNode paths = JSON.readTree(process.get("/openapi.json").body()).get("paths");
        GenericRecord exposed = output.of("events.exposures").get(0);
        Set<String> stated = output.of(Output.STATEMENTS).stream()
                .map(statement -> statement.get("merchant_id").toString())
                .collect(Collectors.toSet());
        GenericRecord cap = output.of(Output.CAPS).stream()
                .filter(status -> (Long) status.get("billed_micros") > 0)
                .filter(status -> stated.contains(status.get("merchant_id").toString()))
                .findFirst()
                .orElseThrow();
        Map<String, String> values = Map.of(
                "visitor_id", visitors.get(0),
                "customer_id", customer(output),
                "session_id",
                        body(process, "/api/v1/visitors/" + visitors.get(0) + "/sessions")
                                .get("data")
                                .get(0)
                                .get("session_id")
                                .asString(),
                "experiment_id",
                        ((GenericRecord) exposed.get("exposure"))
                                .get("experiment_id")
                                .toString(),
                "unit_id", exposed.get("visitor_id").toString(),
                "merchant_id", cap.get("merchant_id").toString());
        assertThat(paths.propertyNames()).hasSizeGreaterThan(9);
        for (String path : paths.propertyNames()) {
            String asked = path;
            for (Map.Entry<String, String> value : values.entrySet()) {
                asked = asked.replace("{" + value.getKey() + "}", value.getValue());
            }
            if (path.endsWith("/spend") || path.endsWith("/ledger")) {
                // Around midnight today is not the day on which something happened.
                asked += "?day=" + cap.get("day");
            } else if (path.endsWith("get_user_journey.json")) {
                asked += "?user_id=" + values.get("visitor_id");
            } else if (path.endsWith("get_session_events.json")) {
                asked += "?session_id=" + values.get("session_id");
            }
            JsonNode body = body(process, asked);
            JsonNode schema = paths.get(path).at("/get/responses/200/content/application~1json/schema");
            assertThat(schemas.getSchema(schema).validate(body))
                    .as(asked + ": " + body)
                    .isEmpty();
            assertThat(body.get("data").isEmpty()).as(asked).isFalse();
        }
    }

    private static String customer(Output output) {
        return output.of("events.purchases").stream()
                .filter(event -> event.get("customer_id") != null)
                .findFirst()
                .orElseThrow()
                .get("customer_id")
                .toString();
    }

    /** As the tutorial asks, and with its columns in its order. */
    private static void checkPipes(WeirProcess process, List<String> visitors, Map<String, List<String>> journeys) {
        String visitor = visitors.get(0);
        JsonNode journey = pipe(
                process,
                "get_user_journey.json?token=any&user_id=" + visitor
                        + "&start_date=2023-01-01%2000:00:00&end_date=2099-12-31%2023:59:59");
        assertThat(journey.get("rows").asInt())
                .isEqualTo(journeys.get(visitor).size())
                .isEqualTo(journey.get("data").size());
        assertThat(columns(journey))
                .containsExactly(
                        "user_id",
                        "session_id",
                        "timestamp",
                        "event_type",
                        "page_url",
                        "page_title",
                        "referrer",
                        "device_type",
                        "browser");
        JsonNode first = journey.get("data").get(0);
        assertThat(first.propertyNames()).containsExactlyElementsOf(columns(journey));
        assertThat(first.get("timestamp").asString()).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");

        JsonNode session = pipe(
                process,
                "get_session_events.json?session_id=" + first.get("session_id").asString());
        assertThat(columns(session))
                .containsExactly(
                        "event_id",
                        "user_id",
                        "timestamp",
                        "event_type",
                        "page_url",
                        "page_title",
                        "referrer",
                        "device_type",
                        "browser",
                        "properties");
        assertThat(session.get("data").get(0).get("event_id").asString())
                .isEqualTo(journeys.get(visitor).get(0));

        JsonNode pages = pipe(process, "get_popular_pages.json?limit=3");
        assertThat(columns(pages)).containsExactly("page_url", "page_title", "view_count");
        assertThat(pages.get("rows").asInt()).isEqualTo(3);
    }

    private static JsonNode pipe(WeirProcess process, String request) {
        HttpResponse<String> response = process.get("/v0/pipes/" + request);
        assertThat(response.statusCode()).as(request + ": " + response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static List<String> columns(JsonNode answer) {
        return answer.get("meta")
                .valueStream()
                .map(column -> column.get("name").asString())
                .toList();
    }

    private static JsonNode body(WeirProcess process, String path) {
        HttpResponse<String> response = process.get(path);
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }
}
