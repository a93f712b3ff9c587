package io.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.javalin.Javalin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.query.access.Grant;
import io.weir.query.access.Scope;
import io.weir.query.access.Token;
import io.weir.query.access.Tokens;
import io.weir.query.ask.Reply;
import io.weir.query.state.UnavailableException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What every answer has in common: the envelope, problems, and who is let in. */
class ApiTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Parameter<String> ID = Parameter.id("id", "An id.");
    private static final Parameter<String> MERCHANT = Parameter.id("merchant_id", "A merchant.");
    private static final Parameter<Integer> LIMIT = Parameter.limit();
    private static final Parameter<Cursor> CURSOR = Parameter.cursor();

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicReference<List<Token>> tokens = new AtomicReference<>(List.of());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private boolean stale;
    private Javalin server;

    @AfterEach
    void stop() {
        server.stop();
    }

    private void start(Tokens access, int perSecond) {
        List<Endpoint> endpoints = List.of(
                new Endpoint(
                        "/things/{id}",
                        Scope.JOURNEYS,
                        "A thing.",
                        true,
                        List.of(ID, LIMIT, CURSOR, Parameter.time("from", "The first time.")),
                        JsonSchemas.TEXT,
                        request -> new Body(
                                JSON.getNodeFactory().stringNode(request.get(ID) + request.get(LIMIT)),
                                false,
                                0,
                                false,
                                request.find(CURSOR).orElse(Cursor.of(7, "a|b")))),
                new Endpoint(
                        "/merchants/{merchant_id}",
                        Scope.ADSPEND,
                        "A merchant.",
                        false,
                        List.of(MERCHANT),
                        Map.of("type", "object"),
                        request -> new Body(JSON.createObjectNode(), true, 12, true, null)),
                new Endpoint(
                        "/moving", Scope.JOURNEYS, "Nobody answers.", false, List.of(), JsonSchemas.TEXT, request -> {
                            throw new UnavailableException("It is being moved.");
                        }),
                new Endpoint(
                        "/missing", Scope.JOURNEYS, "No such thing.", false, List.of(), JsonSchemas.TEXT, request -> {
                            throw ProblemException.notFound("No thing has this id.");
                        }),
                new Endpoint("/broken", Scope.JOURNEYS, "A fault.", false, List.of(), JsonSchemas.TEXT, request -> {
                    throw new IllegalStateException("a secret detail");
                }));
        List<Pipe> pipes = List.of(new Pipe(
                "get_thing",
                Scope.JOURNEYS,
                List.of(new Pipe.Column("thing", "String")),
                List.of(Parameter.text("thing_id", "A thing.")),
                request -> Pipe.Rows.of(
                        List.of(JSON.createObjectNode().put("thing", "it")),
                        new Reply(0, JSON.createObjectNode(), false, 0),
                        new Reply(1, JSON.createObjectNode(), stale, stale ? 7 : 0))));
        Api api = new Api(endpoints, pipes, access, perSecond, () -> 1_767_225_600_000L, meters);
        server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.http.prefer405over404 = true;
                    api.addTo(config);
                })
                .start("127.0.0.1", 0);
    }

    private void open() {
        start(Tokens.NONE, 1);
    }

    private void guarded(String... scopes) {
        tokens.set(List.of(new Token(
                "reader",
                sha256("s3cret"),
                List.of(scopes).stream().map(Grant::of).toList())));
        start(new Tokens(true, tokens::get), 1_000);
    }

    @Test
    void anAnswerHasItsEnvelope() throws Exception {
        open();

        HttpResponse<String> answer = get("/things/a");

        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.body())
                .isEqualTo(
                        "{\"data\":\"a100\",\"as_of\":\"2026-01-01T00:00:00.000Z\",\"stale\":false,\"partial\":false,"
                                + "\"next_cursor\":\"" + Cursor.of(7, "a|b").text() + "\"}");
        assertThat(get("/merchants/m").body())
                .isEqualTo(
                        "{\"data\":{},\"as_of\":\"2026-01-01T00:00:00.000Z\",\"stale\":true,\"lag\":12,\"partial\":true}");
    }

    @Test
    void aCursorIsReadAsItWasWritten() throws Exception {
        open();
        String cursor = Cursor.of(-3, "x|y%").text();

        assertThat(get("/things/a?cursor=" + cursor).body()).contains("\"next_cursor\":\"" + cursor + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "limit=0; limit; a whole number from 1 to 1000",
                "limit=1001; limit; a whole number from 1 to 1000",
                "limit=ten; limit; a whole number from 1 to 1000",
                "limit=; limit; a whole number from 1 to 1000",
                "from=yesterday; from; a time such as 2026-05-01T10:00:00Z, from 1971 to 2100",
                "from=1960-01-01T00:00:00Z; from; a time such as 2026-05-01T10:00:00Z, from 1971 to 2100",
                "cursor=!; cursor; what next_cursor of the page before said",
                "limt=3; limt; one of cursor, from, limit",
            })
    void whatIsWrongIsNamed(String query, String parameter, String expected) throws Exception {
        open();

        HttpResponse<String> answer = get("/things/a?" + query);

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.get("status").asInt()).isEqualTo(400).isEqualTo(answer.statusCode());
        assertThat(problem.get("parameter").asString()).isEqualTo(parameter);
        assertThat(problem.get("detail").asString()).isEqualTo(parameter + ": expected " + expected);
    }

    @Test
    void whatMovesIsAnsweredLater() throws Exception {
        open();

        HttpResponse<String> answer = get("/moving");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(answer.body()).contains("It is being moved.");
    }

    @Test
    void whatAnswersTakeIsKeptByAddressAndStatus() throws Exception {
        open();

        get("/things/a");
        get("/things/b");
        get("/things/b?limit=0");
        get("/moving");
        get("/broken");

        assertThat(meters.get("weir.query")
                        .tags("address", "/things/{id}", "status", "200")
                        .timer()
                        .count())
                .isEqualTo(2);
        assertThat(meters.get("weir.query")
                        .tags("address", "/things/{id}", "status", "400")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("weir.query")
                        .tags("address", "/moving", "status", "503")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("weir.query")
                        .tags("address", "/broken", "status", "500")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aFaultInsideTellsNothing() throws Exception {
        open();

        HttpResponse<String> answer = get("/broken");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("secret").doesNotContain("Exception");
    }

    @Test
    void anUnknownAddressAndAnotherMethodAreProblems() throws Exception {
        open();

        assertThat(get("/nothing").statusCode()).isEqualTo(404);
        assertThat(get("/nothing").body()).contains("\"detail\":\"There is nothing at this address.\"");
        assertThat(get("/missing").statusCode()).isEqualTo(404);
        assertThat(get("/missing").body()).contains("\"detail\":\"No thing has this id.\"");
        HttpResponse<String> posted = client.send(
                request("/moving").POST(HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(posted.statusCode()).isEqualTo(405);
    }

    @Test
    void withoutATokenNobodyIsLetIn() throws Exception {
        guarded("journeys:read");

        assertThat(get("/things/a").statusCode()).isEqualTo(401);
        assertThat(get("/things/a").headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(get("/things/a", "wrong").statusCode()).isEqualTo(401);
        assertThat(get("/things/a", "").statusCode()).isEqualTo(401);
        assertThat(get("/things/a", "s3cret").statusCode()).isEqualTo(200);
    }

    @Test
    void aTokenReadsWhatItsScopesSay() throws Exception {
        guarded("journeys:read", "adspend:read:m-1");

        assertThat(get("/merchants/m-1", "s3cret").statusCode()).isEqualTo(200);
        assertThat(get("/merchants/m-2", "s3cret").statusCode()).isEqualTo(403);
        assertThat(get("/merchants/m-1%20", "s3cret").statusCode()).isEqualTo(403);
    }

    @Test
    void aScopeOfAllMerchantsIsEnoughForEach() throws Exception {
        guarded("adspend:read");

        assertThat(get("/merchants/m-2", "s3cret").statusCode()).isEqualTo(200);
        assertThat(get("/things/a", "s3cret").statusCode()).isEqualTo(403);
    }

    @Test
    void adminReadsEverything() throws Exception {
        guarded("admin");

        assertThat(get("/merchants/m-2", "s3cret").statusCode()).isEqualTo(200);
        assertThat(get("/things/a", "s3cret").statusCode()).isEqualTo(200);
    }

    @Test
    void aTokenThatWasTakenAwayIsUnknown() throws Exception {
        guarded("journeys:read");
        assertThat(get("/things/a", "s3cret").statusCode()).isEqualTo(200);

        tokens.set(List.of());

        assertThat(get("/things/a", "s3cret").statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenInTheQueryCountsForNothing() throws Exception {
        guarded("journeys:read");

        assertThat(get("/things/a?token=s3cret").statusCode()).isEqualTo(401);
    }

    @Test
    void onlyOfAPipeTheTokenMayStandInTheQuery() throws Exception {
        guarded("journeys:read");

        assertThat(get("/v0/pipes/get_thing.json?thing_id=a").statusCode()).isEqualTo(401);
        assertThat(get("/v0/pipes/get_thing.json?thing_id=a&token=wrong").statusCode())
                .isEqualTo(401);
        HttpResponse<String> answer = get("/v0/pipes/get_thing.json?thing_id=a&token=s3cret");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body()).at("/data/0/thing").asString()).isEqualTo("it");
    }

    @Test
    void aPipeSaysInAHeaderThatACopyAnswered() throws Exception {
        open();
        assertThat(get("/v0/pipes/get_thing.json").headers().firstValue("Weir-Stale-Lag"))
                .isEmpty();

        stale = true;
        assertThat(get("/v0/pipes/get_thing.json").headers().firstValue("Weir-Stale-Lag"))
                .contains("7");
    }

    @Test
    void whoAsksForTheHeadAloneIsAskedWhoTheyAre() throws Exception {
        guarded("journeys:read");

        assertThat(head("/things/a").statusCode()).isEqualTo(401);
        assertThat(head("/v0/pipes/get_thing.json?thing_id=a&token=s3cret").statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> head(String path) throws IOException, InterruptedException {
        return client.send(
                request(path)
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void eachReadOfWhatAPersonDidIsALineThatNobodyCanForge() throws Exception {
        guarded("journeys:read");
        List<ILoggingEvent> lines = new ArrayList<>();
        Logger audit = (Logger) LoggerFactory.getLogger("weir.audit");
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent line) {
                lines.add(line);
            }
        };
        appender.start();
        audit.addAppender(appender);
        try {
            get("/things/a%0A2026%20admin%20reads?limit=3", "s3cret");
            get("/things/a?limit=0", "s3cret");
            get("/things/a", "wrong");
            get("/v0/pipes/get_thing.json?thing_id=b&token=s3cret");
        } finally {
            audit.detachAppender(appender);
        }

        assertThat(lines)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "reader reads /things/{id} {\"id\":\"a\\n2026 admin reads\"}",
                        "reader reads /v0/pipes/get_thing.json {\"thing_id\":\"b\"}");
    }

    @Test
    void whoSendsTooManyIsToldToWait() throws Exception {
        tokens.set(List.of(new Token("reader", sha256("s3cret"), List.of(Grant.of("admin")))));
        start(new Tokens(true, tokens::get), 1);

        assertThat(get("/things/a", "s3cret").statusCode()).isEqualTo(200);
        assertThat(get("/things/a", "s3cret").statusCode()).isEqualTo(200);
        HttpResponse<String> third = get("/things/a", "s3cret");
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.headers().firstValue("Retry-After")).contains("1");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        return client.send(
                request(path).header("Authorization", "Bearer " + token).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
