package io.weir.experiments.book;

import io.weir.core.state.ByteStores;
import io.weir.core.state.StoreNote;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.state.StoreBuilder;

/** The stores of the tasks of one kind of unit. */
public enum UnitStores {
    /** Visitors are counted. */
    VISITORS("visitor"),
    /** Customers are counted, through whatever visitors they are seen. */
    CUSTOMERS("customer");

    private final String kind;

    UnitStores(String kind) {
        this.kind = kind;
    }

    /** The kind of unit, as it stands in the names of stores and nodes. */
    public String kind() {
        return kind;
    }

    /** Whether units are customers, and not visitors. */
    public boolean ofCustomers() {
        return this == CUSTOMERS;
    }

    /** The store of definitions, bytes by bytes. */
    public String experiments() {
        return "experiments-" + kind + "-definitions";
    }

    /** The store of units, bytes by bytes. */
    public String units() {
        return "experiments-" + kind + "-units";
    }

    String totals() {
        return "experiments-" + kind + "-totals";
    }

    String timers() {
        return "experiments-" + kind + "-timers";
    }

    String progress() {
        return "experiments-" + kind + "-progress";
    }

    /** How they are built. */
    public Set<StoreBuilder<?>> builders() {
        return Set.of(
                ByteStores.persistent(experiments()),
                ByteStores.persistent(units()),
                ByteStores.persistent(totals()).withCachingEnabled(),
                ByteStores.persistent(timers()),
                ByteStores.persistent(progress()));
    }

    /** What they hold. */
    public List<StoreNote> notes() {
        return List.of(
                ExperimentStore.note(experiments()),
                UnitStore.note(units()),
                TotalsStore.note(totals()),
                new StoreNote(
                        timers(),
                        "time that is due (8 bytes), visitor or customer id (UTF-8)",
                        "one byte",
                        "until it is due",
                        "part of those 75 MB",
                        "no: written once, read in order"),
                new StoreNote(
                        progress(),
                        "the texts refile and departed",
                        "the last unit that was counted anew by a changed definition; experiments that are gone and that"
                                + " units still know",
                        "while units are counted anew",
                        "nothing",
                        "no: written while definitions change or experiments go"));
    }
}
