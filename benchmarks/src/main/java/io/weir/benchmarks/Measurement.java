package io.weir.benchmarks;

import java.util.Map;

/**
 * One run.
 *
 * @param name what was run
 * @param events how many events it read
 * @param seconds from the first commit's group being stable to the last record's offset committed
 * @param serviceCpuSeconds CPU time of the measured process
 * @param brokerCpuSeconds CPU time of the broker's process
 * @param peakRssMiB largest resident memory of the measured process so far
 * @param breakdown where that went
 */
record Measurement(
        String name,
        long events,
        double seconds,
        double serviceCpuSeconds,
        double brokerCpuSeconds,
        long peakRssMiB,
        Breakdown breakdown) {

    /** The same, with what was written. */
    Measurement with(Map<String, Breakdown.Written> written) {
        return new Measurement(
                name,
                events,
                seconds,
                serviceCpuSeconds,
                brokerCpuSeconds,
                peakRssMiB,
                new Breakdown(breakdown.cpuSeconds(), written));
    }

    double eventsPerSecond() {
        return events / seconds;
    }

    double serviceMicrosPerEvent() {
        return serviceCpuSeconds * 1e6 / events;
    }

    double brokerMicrosPerEvent() {
        return brokerCpuSeconds * 1e6 / events;
    }
}
