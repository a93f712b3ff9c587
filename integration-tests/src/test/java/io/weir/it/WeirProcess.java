package io.weir.it;

import static org.awaitility.Awaitility.await;

import io.weir.embedded.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import org.awaitility.core.ConditionTimeoutException;

/** A process that runs the service, which can be killed or stopped, and started again on the same state. */
final class WeirProcess implements AutoCloseable {
    private static final String RUNNING = "weir: running; health and metrics are on port ";
    private static final Duration START_BOUND = Duration.ofMinutes(2);
    /** More than weir.shutdown-timeout. */
    private static final Duration STOP_BOUND = Duration.ofSeconds(40);

    private final HttpClient client = HttpClient.newHttpClient();
    private final IntFunction<ChildProcess> launcher;
    private ChildProcess process;
    private int starts;

    /** @param launcher starts a process; is given how many were started before */
    WeirProcess(IntFunction<ChildProcess> launcher) {
        this.launcher = launcher;
        start();
    }

    /** Starts it again, after it was killed or stopped. */
    void start() {
        process = launcher.apply(starts++);
    }

    /** Kills it (SIGKILL). */
    void kill() {
        process.kill();
    }

    /** Stops it (SIGTERM); returns its exit code. */
    int stop() {
        return process.stop(STOP_BOUND);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Changes when it is started again, and not otherwise. */
    long pid() {
        return process.pid();
    }

    /** What it has printed since it was last started. */
    List<String> lines() {
        return process.lines();
    }

    /** Waits until every feature runs; ends the process if that takes too long. */
    WeirProcess awaitReady() {
        try {
            await("the service is ready")
                    .atMost(START_BOUND)
                    .until(() -> get("/health/ready").statusCode() == 200);
            return this;
        } catch (ConditionTimeoutException | IllegalStateException e) {
            close();
            throw new IllegalStateException("The service is not ready; it printed: " + lines(), e);
        }
    }

    /** Body of {@code /health/ready}. */
    String health() {
        return get("/health/ready").body();
    }

    /** Sum of a metric over all its tags; 0 if there is none. */
    double metric(String name) {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** What it answers, whatever the status. */
    HttpResponse<String> get(String path) {
        String port = process.awaitLine(RUNNING, START_BOUND).replaceAll("\\D", "");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking for " + path + ".", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
