package io.weir.query.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.weir.query.state.Member;
import io.weir.query.state.UnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another process that answers as it should not, or not at all. */
@Timeout(30)
class HttpPeersTest {

    private static final Question QUESTION = new Question("q", "feature", "store", (partition, about) -> null);

    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @AfterEach
    void stop() {
        over.countDown();
        if (server != null) {
            server.stop(0);
        }
        threads.shutdownNow();
    }

    @Test
    void whatIsAnsweredIsRead() throws IOException {
        Member member =
                serve(exchange -> write(exchange, 200, "[{\"partition\":3,\"stale\":true,\"lag\":2,\"data\":\"a\"}]"));

        assertThat(ask(member)).singleElement().satisfies(reply -> {
            assertThat(reply.partition()).isEqualTo(3);
            assertThat(reply.stale()).isTrue();
            assertThat(reply.lag()).isEqualTo(2);
            assertThat(reply.data().asString()).isEqualTo("a");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}x", "[{}]", "[{\"partition\":3}]"})
    void whatIsNoAnswerIsNone(String text) throws IOException {
        Member member = serve(exchange -> write(exchange, 200, text));

        assertThatThrownBy(() -> ask(member)).isInstanceOf(UnavailableException.class);
    }

    @Test
    void aRefusalIsNone() throws IOException {
        Member member = serve(exchange -> write(exchange, 401, "[]"));

        assertThatThrownBy(() -> ask(member)).hasMessageContaining("status 401");
    }

    /** Its headers are there at once, and the rest never. */
    @Test
    void whoStopsInTheMiddleOfAnAnswerIsNotWaitedFor() throws IOException {
        Member member = serve(exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('[');
            exchange.getResponseBody().flush();
            awaitQuietly();
        });

        assertThatThrownBy(() -> ask(member)).isInstanceOf(UnavailableException.class);
        assertThat(over.getCount()).isEqualTo(1);
    }

    @Test
    void anAddressThatIsNoneIsNotAFault() {
        assertThatThrownBy(() -> ask(new Member("weir_0", 1))).isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> ask(new Member("::1", 1))).isInstanceOf(UnavailableException.class);
    }

    private void awaitQuietly() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(com.sun.net.httpserver.HttpExchange exchange, int status, String text)
            throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Member serve(HttpHandler handler) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", handler);
        server.start();
        return new Member("127.0.0.1", server.getAddress().getPort());
    }

    private static List<Reply> ask(Member member) {
        return new HttpPeers("a token of all of them", Duration.ofMillis(500), Optional.empty())
                .ask(member, QUESTION, List.of(3), Arguments.none());
    }
}
