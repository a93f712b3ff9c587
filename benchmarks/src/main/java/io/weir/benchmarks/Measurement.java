package io.weir.benchmarks;

/**
 * One run.
 *
 * @param name what was run
 * @param events how many events it read
 * @param seconds from the first commit's group being stable to the last record's offset committed
 * @param serviceCpuSeconds CPU time of the measured process
 * @param brokerCpuSeconds CPU time of the broker's process
 * @param peakRssMiB largest resident memory of the measured process so far
 */
record Measurement(
        String name, long events, double seconds, double serviceCpuSeconds, double brokerCpuSeconds, long peakRssMiB) {

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
