package io.weir.core.time;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The clock of {@code batch}: it stands still while recorded input is read, so that the order of the lines and the speed
 * of the machine decide nothing, and jumps when the input has ended.
 */
public final class RecordedClock implements StreamClock {

    private final Map<Stage, Set<Pending>> pending = new EnumMap<>(Stage.class);
    private final Map<Stage, Phase> phases = new ConcurrentHashMap<>();

    public RecordedClock() {
        for (Stage stage : Stage.values()) {
            pending.put(stage, ConcurrentHashMap.newKeySet());
            phases.put(stage, Phase.HELD);
        }
    }

    /** Always the epoch: what leaves at the end of the input is dated by event time. */
    @Override
    public long millis() {
        return 0;
    }

    @Override
    public Duty duty(Stage stage, String name) {
        Pending duty = new Pending(stage);
        pending.get(stage).add(duty);
        return duty;
    }

    /** Lets everything of a stage leave. */
    public void end(Stage stage) {
        phases.put(stage, Phase.ENDED);
    }

    /** Whether every task of a stage that has ended has said that nothing is left. */
    public boolean settled(Stage stage) {
        return phases.get(stage) == Phase.ENDED && pending.get(stage).stream().allMatch(duty -> duty.settled);
    }

    private final class Pending implements Duty {

        private final Stage stage;
        private volatile boolean settled;

        Pending(Stage stage) {
            this.stage = stage;
        }

        @Override
        public Phase phase() {
            return phases.get(stage);
        }

        @Override
        public void settled() {
            settled = true;
        }

        @Override
        public void close() {
            pending.get(stage).remove(this);
        }
    }
}
