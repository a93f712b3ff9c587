package io.weir.topology.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.query.access.Tokens;
import io.weir.query.http.Api;
import io.weir.topology.runtime.FeatureStatus;
import io.weir.topology.runtime.FeatureStatus.State;
import io.weir.topology.runtime.StartException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {

    private static final HttpSettings ANY_PORT =
            new HttpSettings("127.0.0.1", 0, Optional.empty(), Duration.ofMinutes(1));

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicReference<List<FeatureStatus>> features = new AtomicReference<>(List.of());
    private final AtomicReference<Supplier<String>> metrics = new AtomicReference<>(() -> "weir_up 1.0\n");
    private final HttpServer server = HttpServer.start(
            ANY_PORT,
            features::get,
            () -> metrics.get().get(),
            new Api(List.of(), List.of(), Tokens.NONE, 1, () -> 0, new SimpleMeterRegistry())::addTo);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void liveAnswersBeforeAnyFeatureIsThere() throws Exception {
        assertThat(get("/health/live")).isEqualTo("200 application/json {\"status\":\"live\"}");
    }

    @Test
    void notReadyBeforeAnyFeatureIsThere() throws Exception {
        assertThat(get("/health/ready")).isEqualTo("503 application/json {\"status\":\"not ready\",\"features\":{}}");
    }

    @Test
    void readyWhenAllFeaturesRunOrHaveBeenRebalancingForLessThanTheBound() throws Exception {
        features.set(List.of(status("intake", State.RUNNING, 5_000), status("sessionizer", State.REBALANCING, 59_999)));

        assertThat(get("/health/ready"))
                .isEqualTo("200 application/json {\"status\":\"ready\",\"features\":{"
                        + "\"intake\":{\"state\":\"RUNNING\",\"ready\":true,\"since_ms\":5000},"
                        + "\"sessionizer\":{\"state\":\"REBALANCING\",\"ready\":true,\"since_ms\":59999}}}");
    }

    @Test
    void notReadyWhenOneFeatureFailedAndTheOthersAreNamedToo() throws Exception {
        features.set(List.of(status("intake", State.FAILED, 10), status("sessionizer", State.RUNNING, 20)));

        assertThat(get("/health/ready"))
                .isEqualTo("503 application/json {\"status\":\"not ready\",\"features\":{"
                        + "\"intake\":{\"state\":\"FAILED\",\"ready\":false,\"since_ms\":10},"
                        + "\"sessionizer\":{\"state\":\"RUNNING\",\"ready\":true,\"since_ms\":20}}}");
    }

    @Test
    void metricsAreServedInPrometheusText() throws Exception {
        assertThat(get("/metrics")).isEqualTo("200 text/plain; version=0.0.4; charset=utf-8 weir_up 1.0\n");
    }

    @Test
    void aFaultInsideIsAnsweredWithoutItsStack() throws Exception {
        metrics.set(() -> {
            throw new IllegalStateException("secret detail");
        });

        assertThat(get("/metrics"))
                .isEqualTo(
                        "500 application/problem+json {\"type\":\"about:blank\",\"title\":\"Internal error\",\"status\":500,\"detail\":\"This went wrong inside Weir; its log says why.\"}");
    }

    @Test
    void anUnknownAddressIsAnsweredInJson() throws Exception {
        assertThat(get("/nothing"))
                .isEqualTo(
                        "404 application/problem+json {\"type\":\"about:blank\",\"title\":\"Not found\",\"status\":404,\"detail\":\"There is nothing at this address.\"}");
    }

    @Test
    void aHeaderThatIsTooLargeIsRefused() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/health/live"))
                .header("X-Large", "x".repeat(9_000))
                .build();

        assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(431);
    }

    /** They hold no thread while they have not sent all. */
    @Test
    void whoeverSendsSlowlyKeepsNobodyElseWaiting() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 400; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                slow.add(socket);
                socket.getOutputStream().write("GET /health/live HTTP/1.1\r\nHost: a\r\nX-".getBytes(UTF_8));
            }

            assertThat(get("/health/live")).startsWith("200 ");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /** What an address leads out of stays where it is. */
    @Test
    void tricksWithThePathLeadNowhere() throws Exception {
        for (String path : List.of(
                "/../etc/passwd",
                "/health/..%2fmetrics",
                "/health/%2e%2e/metrics",
                "//metrics",
                "/metrics;x=y",
                "/%00")) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.getOutputStream()
                        .write(("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
                String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
                assertThat(answer)
                        .as(path)
                        .containsPattern("^HTTP/1.1 (400|404) ")
                        .doesNotContain("weir_up");
            }
        }
    }

    @Test
    void whatIsNoRequestIsAProblemToo() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write("GET /health/%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 400 ")
                    .containsIgnoringCase("Content-Type: application/problem+json")
                    .contains(
                            "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,\"detail\":\"This request cannot be read.\"}");
        }
    }

    /** Balancers ask by it. */
    @Test
    void theHeadOfReadinessIsReadiness() throws Exception {
        HttpRequest.Builder head = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + "/health/ready"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody());
        assertThat(client.send(head.build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(503);

        features.set(List.of(status("intake", State.RUNNING, 5_000)));

        assertThat(client.send(head.build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    /** As it is shipped: a log without them would be no audit. */
    @Test
    void readsOfWhatPeopleDidAreLogged() throws Exception {
        LoggerContext shipped = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(shipped);
        configurator.doConfigure(HttpServer.class.getResource("/logback.xml"));

        assertThat(shipped.getLogger("weir.audit").isInfoEnabled()).isTrue();
        shipped.stop();
    }

    @Test
    void aPortInUseIsOneSentence() {
        HttpSettings same = new HttpSettings("127.0.0.1", server.port(), Optional.empty(), Duration.ofMinutes(1));

        assertThatThrownBy(() -> HttpServer.start(same, List::of, () -> "", config -> {}))
                .isInstanceOf(StartException.class)
                .hasMessage(
                        "Cannot listen on 127.0.0.1:" + server.port()
                                + ", since it is in use or not an address of this machine: stop what uses it, or set weir.http.port or weir.http.host.");
    }

    @Test
    void anAddressOfAnotherMachineIsOneSentence() {
        HttpSettings foreign = new HttpSettings("192.0.2.1", 0, Optional.empty(), Duration.ofMinutes(1));

        assertThatThrownBy(() -> HttpServer.start(foreign, List::of, () -> "", config -> {}))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("Cannot listen on 192.0.2.1:0, since");
    }

    private static FeatureStatus status(String feature, State state, long millis) {
        return new FeatureStatus(feature, state, Duration.ofMillis(millis), true, Optional.empty());
    }

    private String get(String path) throws Exception {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " "
                + response.headers().firstValue("Content-Type").orElse("") + " " + response.body();
    }
}
