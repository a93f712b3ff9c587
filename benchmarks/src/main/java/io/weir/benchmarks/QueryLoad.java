package io.weir.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Asks the same kind of question over some connections at once. */
final class QueryLoad implements AutoCloseable {

    private static final Duration MOST = Duration.ofSeconds(10);
    private static final int OK = 200;

    private final URI address;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "asks");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    QueryLoad(URI address) {
        this.address = address;
    }

    /**
     * What came of it.
     *
     * @param latency of the answers: since the question was due where they are asked at a rate, else since it was sent
     * @param failed that were not answered with 200, or not within ten seconds
     */
    record Answers(Latency latency, long failed, double seconds) {

        double perSecond() {
            return latency.count() / seconds;
        }
    }

    /** One answer; null if it was not 200, or did not come in time. */
    String ask(String path) throws IOException, InterruptedException {
        try {
            HttpResponse<String> answer = http.send(request(path), BodyHandlers.ofString());
            return answer.statusCode() == OK ? answer.body() : null;
        } catch (HttpTimeoutException e) {
            return null;
        }
    }

    /**
     * Asks for some time.
     *
     * @param paths asked one after the other, then again from the first
     * @param perSecond questions a second over all connections, due at fixed times whatever the answers take; 0 to ask anew as soon
     *     as there is an answer
     */
    Answers ask(List<String> paths, int connections, double perSecond, Duration duration)
            throws InterruptedException, ExecutionException {
        List<HttpRequest> requests = paths.stream().map(this::request).toList();
        long started = System.nanoTime();
        List<Callable<Answers>> askers = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            int first = i;
            askers.add(() -> ask(requests, first, connections, perSecond, started, duration.toNanos()));
        }
        Latency all = new Latency("answers");
        long failed = 0;
        for (Future<Answers> asker : threads.invokeAll(askers)) {
            all.add(asker.get().latency());
            failed += asker.get().failed();
        }
        return new Answers(all, failed, (System.nanoTime() - started) / 1e9);
    }

    private Answers ask(List<HttpRequest> requests, int first, int step, double perSecond, long started, long nanos)
            throws IOException, InterruptedException {
        Latency latency = new Latency("answers");
        long failed = 0;
        for (int number = first; System.nanoTime() - started < nanos; number += step) {
            long due = System.nanoTime();
            if (perSecond > 0) {
                due = started + (long) (number / perSecond * TimeUnit.SECONDS.toNanos(1));
                for (long wait; (wait = due - System.nanoTime()) > 0; ) {
                    LockSupport.parkNanos(wait);
                }
            }
            HttpRequest request = requests.get(number % requests.size());
            failed += isAnswered(request) ? 0 : 1;
            latency.came(due);
        }
        return new Answers(latency, failed, 0);
    }

    private boolean isAnswered(HttpRequest request) throws IOException, InterruptedException {
        try {
            return http.send(request, BodyHandlers.ofByteArray()).statusCode() == OK;
        } catch (HttpTimeoutException e) {
            return false;
        }
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).timeout(MOST).build();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
