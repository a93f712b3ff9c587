package io.weir.query.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who holds a partition of a feature's state.
 *
 * @param partition its number
 * @param active who writes it; empty while it moves
 * @param standbys who keeps a copy
 */
public record Place(int partition, Optional<Member> active, List<Member> standbys) {

    /** Copies the list. */
    public Place {
        standbys = List.copyOf(standbys);
    }

    /** Whom to ask, in this order. */
    public List<Member> holders() {
        List<Member> holders = new ArrayList<>();
        active.ifPresent(holders::add);
        holders.addAll(standbys);
        return holders;
    }
}
