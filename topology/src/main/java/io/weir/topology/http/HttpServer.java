package io.weir.topology.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinBindException;
import io.weir.topology.runtime.FeatureStatus;
import io.weir.topology.runtime.StartException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.KeyStoreScanner;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** {@code /health/live}, {@code /health/ready} and {@code /metrics}, for which nobody is asked who they are; and what else is added. */
public final class HttpServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    /** A question of another process is some hundred bytes; nobody else sends anything. */
    private static final long LARGEST_BODY = 64 * 1024;
    /** A token and an address with its parameters, bytes. */
    private static final int LARGEST_HEADER = 8 * 1024;
    /** Whoever begins a request and says nothing for so long is cut off. */
    private static final long LONGEST_SILENCE_MILLIS = 10_000;

    private static final int SECONDS_BETWEEN_LOOKS = 1;

    private static final String JSON = "application/json";
    /** What Prometheus asks for by default. */
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpSettings settings;
    private final Supplier<List<FeatureStatus>> features;
    private final Supplier<String> metrics;
    private final Consumer<JavalinConfig> more;
    private final JsonMapper json = new JsonMapper();
    private final Javalin server;

    private HttpServer(
            HttpSettings settings,
            Supplier<List<FeatureStatus>> features,
            Supplier<String> metrics,
            Consumer<JavalinConfig> more) {
        this.settings = settings;
        this.features = features;
        this.metrics = metrics;
        this.more = more;
        this.server = Javalin.create(this::configure);
    }

    /**
     * Listens.
     *
     * @param features how the features are, asked at each request
     * @param metrics all metrics in Prometheus' text format, asked at each request
     * @param more adds other addresses, and how what goes wrong is answered
     * @throws StartException if the address is in use or not one of this machine
     */
    public static HttpServer start(
            HttpSettings settings,
            Supplier<List<FeatureStatus>> features,
            Supplier<String> metrics,
            Consumer<JavalinConfig> more) {
        HttpServer http = new HttpServer(settings, features, metrics, more);
        try {
            http.server.start(settings.host(), settings.port());
        } catch (JavalinBindException e) {
            http.server.stop();
            throw new StartException(
                    "Cannot listen on %s:%d, since it is in use or not an address of this machine: stop what uses it, or set %s or %s."
                            .formatted(
                                    settings.host(), settings.port(), HttpSettings.PORT.key(), HttpSettings.HOST.key()),
                    e);
        }
        LOG.info(
                "Queries, health and metrics are answered on {}://{}:{}",
                settings.scheme(),
                settings.host(),
                http.port());
        return http;
    }

    /** The port that is listened on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private void configure(JavalinConfig config) {
        config.concurrency.useVirtualThreads = false;
        config.startup.showJavalinBanner = false;
        config.http.maxRequestSize = LARGEST_BODY;
        config.http.prefer405over404 = true;
        config.jetty.modifyHttpConfiguration(http -> {
            http.setRequestHeaderSize(LARGEST_HEADER);
            http.setIdleTimeout(LONGEST_SILENCE_MILLIS);
            http.setSendServerVersion(false);
        });
        config.jetty.modifyServer(server -> server.setErrorHandler(this::problem));
        settings.tls().ifPresent(tls -> config.jetty.addConnector((server, http) -> connector(tls, server, http)));
        // HEAD too: by itself the server would say 200 to whoever asks.
        config.routes.get("/health/live", this::live);
        config.routes.head("/health/live", this::live);
        config.routes.get("/health/ready", this::ready);
        config.routes.head("/health/ready", this::ready);
        config.routes.get("/metrics", context -> context.result(metrics.get()).contentType(PROMETHEUS_TEXT));
        more.accept(config);
    }

    private ServerConnector connector(TlsSettings tls, Server server, HttpConfiguration http) {
        SslContextFactory.Server certificate = tls.server();
        KeyStoreScanner scanner = new KeyStoreScanner(certificate);
        scanner.setScanInterval(SECONDS_BETWEEN_LOOKS);
        server.addBean(scanner);
        HttpConfiguration secure = new HttpConfiguration(http);
        // Probes and other processes may ask by address: which name they expect is theirs to check.
        secure.addCustomizer(new SecureRequestCustomizer(false));
        ServerConnector connector = new ServerConnector(server, certificate, new HttpConnectionFactory(secure));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        return connector;
    }

    /** What is no request at all, such as a path that is not encoded: nothing of it is said again. */
    private boolean problem(Request request, Response response, Callback callback) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", HttpStatus.forStatus(response.getStatus()).getMessage());
        body.put("status", response.getStatus());
        body.put("detail", "This request cannot be read.");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        response.write(true, ByteBuffer.wrap(json.writeValueAsBytes(body)), callback);
        return true;
    }

    private void live(Context context) {
        answer(context, HttpStatus.OK, Map.of("status", "live"));
    }

    private void ready(Context context) {
        List<FeatureStatus> all = features.get();
        boolean ready = !all.isEmpty() && all.stream().allMatch(one -> one.ready(settings.readyWhileRebalancing()));
        Map<String, Object> states = new LinkedHashMap<>();
        for (FeatureStatus one : all) {
            Map<String, Object> state = new LinkedHashMap<>();
            state.put("state", one.state().name());
            state.put("ready", one.ready(settings.readyWhileRebalancing()));
            state.put("since_ms", one.since().toMillis());
            states.put(one.feature(), state);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", ready ? "ready" : "not ready");
        body.put("features", states);
        answer(context, ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE, body);
    }

    private void answer(Context context, HttpStatus status, Map<String, Object> body) {
        context.status(status).contentType(JSON).result(json.writeValueAsBytes(body));
    }
}
