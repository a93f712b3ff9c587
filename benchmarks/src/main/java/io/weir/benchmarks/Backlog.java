package io.weir.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a service does with very many events at once: they are sent many times as fast as they are read. */
final class Backlog {

    private final Broker broker;
    private final Fleet fleet;
    private final String raw;

    /** @param raw topic that it reads */
    Backlog(Broker broker, Fleet fleet, String raw) {
        this.broker = broker;
        this.fleet = fleet;
        this.raw = raw;
    }

    /** Sends all, and waits until it has been read to the last output. */
    Map<String, Object> drain(Spool messages) throws Exception {
        double serviceBefore = serviceSeconds();
        double brokerBefore = ProcessFigures.cpuSeconds(broker.pid());
        long started = System.nanoTime();
        long events;
        try (Flow flow = new Flow(broker.address(), raw, messages)) {
            flow.sendAtOnce();
            events = flow.events();
        }
        fleet.awaitCaughtUp();
        double seconds = (System.nanoTime() - started) / 1e9;
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("events", events);
        row.put("events/s", events / seconds);
        row.put("µs of service CPU/event", (serviceSeconds() - serviceBefore) * 1e6 / events);
        row.put("µs of broker CPU/event", (ProcessFigures.cpuSeconds(broker.pid()) - brokerBefore) * 1e6 / events);
        return row;
    }

    private double serviceSeconds() {
        return fleet.instances().stream()
                .mapToDouble(instance -> ProcessFigures.cpuSeconds(instance.pid()))
                .sum();
    }
}
