package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.embedded.process.FlakyProxy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApicurioRegistryIT {
    private static final String SCHEMA =
            "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"Click\\\",\\\"fields\\\":[]}\"}";

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @Test
    void keepsItsIdsWhenItIsKilledAndStartedAgainAndIsGoneBehindACutProxy() throws Exception {
        try (ApicurioRegistry registry = ApicurioRegistry.start(folder);
                FlakyProxy proxy = FlakyProxy.to(registry.port())) {
            String url = registry.url();
            String id = post(url + "/subjects/clicks-value/versions");

            registry.kill();
            registry.start();

            assertThat(registry.url()).isEqualTo(url);
            assertThat(post(url + "/subjects/clicks-value/versions")).isEqualTo(id);
            String proxied = url.replace(":" + registry.port(), ":" + proxy.port());
            assertThat(get(proxied + "/subjects")).isEqualTo("[\"clicks-value\"]");
            proxy.cut();
            assertThatThrownBy(() -> get(proxied + "/subjects")).isInstanceOf(IOException.class);
        }
    }

    private String post(String url) throws IOException, InterruptedException {
        return send(request(url)
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString(SCHEMA)));
    }

    private String get(String url) throws IOException, InterruptedException {
        return send(request(url).GET());
    }

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30));
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }
}
