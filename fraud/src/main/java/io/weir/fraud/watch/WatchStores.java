package io.weir.fraud.watch;

import io.weir.core.state.ByteStores;
import io.weir.core.state.StoreNote;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The stores in which the keys of rules are kept.
 *
 * @param stage {@code visitor} for keys that are a visitor's, {@code key} for all others
 */
public record WatchStores(String stage) {

    String keys() {
        return "fraud-" + stage + "-watched";
    }

    String timers() {
        return "fraud-" + stage + "-timers";
    }

    /** How they are built. */
    public Set<StoreBuilder<?>> builders() {
        return Set.of(ByteStores.persistent(keys()), ByteStores.persistent(timers()));
    }

    /** What they hold. */
    public List<StoreNote> notes() {
        return List.of(
                new StoreNote(
                        keys(),
                        "rule|version|key (UTF-8)",
                        "the last events of the key, or sums in tenths of the window, and its alerts",
                        "twice the longest window of the rule and weir.fraud.lateness after the last event",
                        "100 bytes a key, 80 for each of its events in the window, and 100 for each alert of the lateness, of which 200 are kept",
                        "no: many keys, each seldom written"),
                new StoreNote(
                        timers(),
                        "time that is due (8 bytes), rule|version|key (UTF-8)",
                        "one byte",
                        "until it is due",
                        "one for each key",
                        "no: written once, read in order"));
    }
}
