package io.weir.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlakyProxyTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = "here".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void cutItRefusesAndRestoredItForwardsAtTheSamePort() throws Exception {
        try (FlakyProxy proxy = FlakyProxy.to(server.getAddress().getPort())) {
            assertThat(get(proxy.port())).isEqualTo("here");

            proxy.cut();
            assertThatThrownBy(() -> get(proxy.port())).isInstanceOf(IOException.class);
            assertThat(proxy.isCut()).isTrue();

            proxy.restore();
            assertThat(get(proxy.port())).isEqualTo("here");
        }
    }

    @Test
    void aProxyBeforeNobodyClosesTheConnection() {
        int port = server.getAddress().getPort();
        server.stop(0);

        try (FlakyProxy proxy = FlakyProxy.to(port)) {
            assertThatThrownBy(() -> get(proxy.port())).isInstanceOf(IOException.class);
        }
    }

    private String get(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .timeout(Duration.ofSeconds(30))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
