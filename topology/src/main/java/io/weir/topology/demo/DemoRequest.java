package io.weir.topology.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a demo is to show.
 *
 * @param rate events a second
 * @param seed everything about the traffic but its times follows from it
 * @param events after how many to stop; empty for no bound
 * @param duration after how long to stop; empty for no bound
 */
public record DemoRequest(double rate, long seed, OptionalLong events, Optional<Duration> duration) {}
