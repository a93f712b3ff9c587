package io.weir.query.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.weir.query.state.NotKeptException;
import io.weir.query.state.UnavailableException;
import java.util.concurrent.TimeUnit;

/** How long answers take, by address and status. */
final class Timings {

    private static final int OK = 200;

    private final MeterRegistry meters;

    Timings(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Answers, and takes the time; what is thrown is thrown on. */
    void take(String path, Runnable answer) {
        long begun = System.nanoTime();
        int status = OK;
        try {
            answer.run();
        } catch (RuntimeException e) {
            status = status(e);
            throw e;
        } finally {
            Timer.builder("weir.query")
                    .description("Answers over HTTP, by address and status")
                    .tag("address", path)
                    .tag("status", Integer.toString(status))
                    .publishPercentileHistogram()
                    .register(meters)
                    .record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        }
    }

    private static int status(RuntimeException fault) {
        if (fault instanceof ProblemException problem) {
            return problem.status();
        }
        if (fault instanceof UnavailableException) {
            return ProblemException.unavailable("").status();
        }
        return fault instanceof NotKeptException
                ? ProblemException.notFound("").status()
                : ProblemException.internal().status();
    }
}
