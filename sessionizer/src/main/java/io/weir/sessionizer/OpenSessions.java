package io.weir.sessionizer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.processor.TaskId;

/** Shows how many visitors have an open session, over the tasks of this process. Safe for many threads. */
final class OpenSessions {

    private final Map<TaskId, Long> visitors = new ConcurrentHashMap<>();

    OpenSessions(MeterRegistry meters) {
        Gauge.builder("weir.sessions.open", visitors, OpenSessions::sum)
                .description("Visitors with an open session, in the tasks that this process runs")
                .register(meters);
    }

    private static double sum(Map<TaskId, Long> visitors) {
        return visitors.values().stream().mapToLong(Long::longValue).sum();
    }

    void of(TaskId task, long count) {
        visitors.put(task, count);
    }

    /** The task has moved on. */
    void forget(TaskId task) {
        visitors.remove(task);
    }
}
