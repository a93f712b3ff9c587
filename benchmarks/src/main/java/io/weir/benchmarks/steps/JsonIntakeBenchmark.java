package io.weir.benchmarks.steps;

import io.weir.intake.admission.Gate;
import io.weir.intake.admission.RawMessage;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** A message of Segment's spec to what intake admits or refuses: parsed, mapped, validated, enriched. */
@State(Scope.Thread)
public class JsonIntakeBenchmark {

    private final List<RawMessage> messages = SampleEvents.messages();
    private final Gate gate = SampleEvents.gate();
    private int next;

    /** One message. */
    @Benchmark
    public void admit(Blackhole out) {
        next = (next + 1) % messages.size();
        RawMessage message = messages.get(next);
        gate.admit(message, message.timestamp(), out::consume);
    }

    /** Closes the gate. */
    @TearDown
    public void close() {
        gate.close();
    }
}
