package io.weir.traffic;

import java.util.List;

/** Somebody who does one thing after another: a script that is played step by step, only as far as it is needed. */
final class Actor {
    /** What an actor does. */
    interface Script {
        /**
         * Plays the next step: adds what happens to the trail and moves its time on.
         *
         * @return whether there may be another step
         */
        boolean play(Trail trail);
    }

    private final Script script;
    private final Trail trail;
    private boolean mayGoOn = true;
    private int position;

    Actor(Trail trail, Script script) {
        this.trail = trail;
        this.script = script;
    }

    /** Plays on until something is there to tell. False if nothing will come any more. */
    boolean hasNext() {
        while (position == trail.step().size() && mayGoOn) {
            trail.startStep();
            position = 0;
            mayGoOn = script.play(trail);
            trail.endStep();
        }
        return position < trail.step().size();
    }

    /** Event time of the next event in milliseconds; only after {@link #hasNext} was true. */
    long nextAt() {
        return trail.step().get(position).occurredAt();
    }

    ShopEvent next() {
        return trail.step().get(position++);
    }

    /** Those whom this actor set in motion; whoever takes them clears the list. */
    List<Actor> spawned() {
        return trail.spawned();
    }
}
