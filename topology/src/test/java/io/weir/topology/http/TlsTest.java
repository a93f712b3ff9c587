package io.weir.topology.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weir.core.settings.Settings;
import io.weir.core.settings.SettingsException;
import io.weir.query.ask.Arguments;
import io.weir.query.ask.HttpPeers;
import io.weir.query.ask.PeerProtocol;
import io.weir.query.ask.Question;
import io.weir.query.state.Member;
import io.weir.query.state.UnavailableException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP over TLS, with certificates that the JDK makes. */
class TlsTest {

    private static final String PASSWORD = "only for this test";
    private static final Question QUESTION = new Question("q", "feature", "store", (partition, about) -> null);

    @TempDir
    private Path folder;

    private Path store;

    @BeforeEach
    void makeKey() throws Exception {
        store = key("first");
    }

    /** A key with a certificate that it has signed itself, for 127.0.0.1. */
    private Path key(String name) throws IOException, InterruptedException {
        Path file = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=IP:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        return file;
    }

    private static TlsSettings settings(Path file) {
        return TlsSettings.of(said(file, PASSWORD)).orElseThrow();
    }

    private static Settings said(Path file, String password) {
        return Settings.of(
                Map.of("weir.http.tls-key-store", file.toString(), "weir.http.tls-key-store-password", password));
    }

    private HttpServer start(List<String> tokens) {
        return HttpServer.start(
                new HttpSettings("127.0.0.1", 0, Optional.of(settings(store)), Duration.ofMinutes(1)),
                List::of,
                () -> "",
                config -> config.routes.post(PeerProtocol.PATH, context -> {
                    tokens.add(context.header("Authorization"));
                    context.result("[]");
                }));
    }

    private static HttpResponse<String> get(Path trusted, String address) throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().sslContext(settings(trusted).peers()).build();
        return client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }

    @Test
    void whoTrustsTheCertificateIsAnsweredAndNobodyInTheClear() throws Exception {
        try (HttpServer server = start(new ArrayList<>())) {
            String rest = "://127.0.0.1:" + server.port() + "/health/live";

            assertThat(get(store, "https" + rest).statusCode()).isEqualTo(200);
            Path other = key("other");
            assertThatThrownBy(() -> get(other, "https" + rest)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> get(store, "http" + rest)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aCertificateIsRenewedByReplacingTheFile() throws Exception {
        try (HttpServer server = start(new ArrayList<>())) {
            String address = "https://127.0.0.1:" + server.port() + "/health/live";
            assertThat(shown(get(store, address))).isEqualTo("CN=first");

            Path next = key("next");
            Files.copy(next, store, StandardCopyOption.REPLACE_EXISTING);

            await().ignoreExceptions()
                    .untilAsserted(() -> assertThat(shown(get(next, address))).isEqualTo("CN=next"));
        }
    }

    private static String shown(HttpResponse<?> response) throws IOException {
        X509Certificate certificate =
                (X509Certificate) response.sslSession().orElseThrow().getPeerCertificates()[0];
        return certificate.getSubjectX500Principal().getName();
    }

    @Test
    void processesAskEachOtherOverIt() throws Exception {
        List<String> tokens = new ArrayList<>();
        try (HttpServer server = start(tokens)) {
            Member member = new Member("127.0.0.1", server.port());

            assertThat(peers(store).ask(member, QUESTION, List.of(0), Arguments.none()))
                    .isEmpty();
            assertThat(tokens).containsExactly("Bearer a token of all");

            HttpPeers strangers = peers(key("other"));
            assertThatThrownBy(() -> strangers.ask(member, QUESTION, List.of(0), Arguments.none()))
                    .isInstanceOf(UnavailableException.class);
            assertThat(tokens).hasSize(1);
        }
    }

    private static HttpPeers peers(Path trusted) {
        return new HttpPeers(
                "a token of all",
                Duration.ofSeconds(20),
                Optional.of(settings(trusted).peers()));
    }

    @Test
    void aWrongKeyStoreIsOneSentence() throws IOException {
        Path garbage = Files.writeString(folder.resolve("garbage.p12"), "no key store");

        assertWrong(said(folder.resolve("missing.p12"), PASSWORD), "missing.p12 cannot be read");
        assertWrong(said(store, "wrong"), "first.p12 cannot be opened with weir.http.tls-key-store-password");
        assertWrong(said(garbage, PASSWORD), "garbage.p12 cannot be opened with weir.http.tls-key-store-password");
        assertThatThrownBy(() -> TlsSettings.of(Settings.of(Map.of("weir.http.tls-key-store", store.toString()))))
                .isInstanceOf(SettingsException.class)
                .hasMessage("weir.http.tls-key-store-password: needed where weir.http.tls-key-store is set");
        assertThat(settings(store).toString()).doesNotContain(PASSWORD);
    }

    private static void assertWrong(Settings said, String end) {
        assertThatThrownBy(() -> TlsSettings.of(said))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("weir.http.tls-key-store: ")
                .hasMessageEndingWith(end);
    }
}
