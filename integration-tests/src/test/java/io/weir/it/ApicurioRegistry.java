package io.weir.it;

import io.weir.embedded.process.ChildProcess;
import io.weir.embedded.process.FlakyProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A schema registry in a process of its own on 127.0.0.1: Apicurio, which speaks Confluent's API. It keeps its schemas
 * in a folder, so that after a stop, or a kill, and a start the same ids are there at the same address.
 */
public final class ApicurioRegistry implements AutoCloseable {
    /** Where the build unpacks the registry, before the integration tests. */
    private static final Path UNPACKED = Path.of("target", "apicurio");

    private static final String MAIN_CLASS = "io.quarkus.runner.GeneratedMain";
    private static final String CONFLUENT_API = "/apis/ccompat/v7";
    /** It takes 6 s on a machine that does nothing else. */
    private static final Duration START_BOUND = Duration.ofMinutes(2);

    private static final Duration STOP_BOUND = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path folder;
    private final int port;
    private ChildProcess process;

    private ApicurioRegistry(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /**
     * A registry on a free port that is ready to be used.
     *
     * @param folder where it keeps its schemas and its log, {@code registry.log}; the caller deletes it
     * @throws IllegalStateException if it was not unpacked, ends, or is not ready within 2 minutes
     */
    public static ApicurioRegistry start(Path folder) {
        ApicurioRegistry registry = new ApicurioRegistry(folder, freePort());
        registry.start();
        return registry;
    }

    /** The address for Confluent's client; the same after a stop and a start. */
    public String url() {
        return "http://127.0.0.1:" + port + CONFLUENT_API;
    }

    /** The address for Confluent's client through a proxy in front of it. */
    public String urlThrough(FlakyProxy proxy) {
        return "http://127.0.0.1:" + proxy.port() + CONFLUENT_API;
    }

    /** The port on 127.0.0.1, for a proxy in front of it. */
    public int port() {
        return port;
    }

    /** Starts the registry again, with the schemas it had, and returns when it is ready; does nothing if it runs. */
    public void start() {
        if (process != null && process.isAlive()) {
            return;
        }
        process = ChildProcess.java(MAIN_CLASS)
                .classPath(runner().toString())
                .jvmOptions(
                        "-Xmx256m",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-Dquarkus.log.category.\"io.apicurio\".level=WARN",
                        // Written at once: a killed registry has no time to write what it holds back.
                        "-Dquarkus.datasource.jdbc.url=jdbc:h2:file:"
                                + folder.toAbsolutePath().resolve("schemas") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE",
                        "-Dquarkus.datasource.jdbc.initial-size=2",
                        "-Dquarkus.datasource.jdbc.min-size=2",
                        "-Dquarkus.datasource.jdbc.max-size=10")
                .output(folder.resolve("registry.log"))
                .start();
        awaitReady();
    }

    /** Stops the registry, gracefully; it can be started again. */
    public void stop() {
        if (process != null && process.isAlive()) {
            process.stop(STOP_BOUND);
        }
    }

    /** Kills the registry (SIGKILL); it can be started again. */
    public void kill() {
        if (process != null) {
            process.kill();
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }

    private void awaitReady() {
        try {
            Awaitility.await("registry at " + url())
                    .atMost(START_BOUND)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> !process.isAlive() || answers());
        } catch (ConditionTimeoutException e) {
            process.kill();
            throw new IllegalStateException(
                    "The registry is not ready after %s: look at %s.".formatted(START_BOUND, process.output()), e);
        }
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "The registry ended instead of getting ready: look at %s.".formatted(process.output()));
        }
    }

    private boolean answers() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/subjects"))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static Path runner() {
        if (!Files.isDirectory(UNPACKED)) {
            throw new IllegalStateException(
                    "Expected the registry in %s: run mvn pre-integration-test in this module first."
                            .formatted(UNPACKED.toAbsolutePath()));
        }
        try (var files = Files.newDirectoryStream(UNPACKED, "*-runner.jar")) {
            return files.iterator().next().toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
