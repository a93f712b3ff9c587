package io.weir.experiments.unit;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.experiments.definition.Definition;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A unit's part in one experiment: what it saw, and what it adds. Mutable.
 *
 * <pre>
 * varint      exposures, then for each: text variant, signed time, text event id
 * 1 byte      1: it contributes, 2: its values are sealed, 4: things came after that
 * flagged     the contribution; varint and texts of event ids
 * </pre>
 */
final class Part {

    /** Nobody is shown so many variants of an experiment: names beyond that are made up, and not noted. */
    static final int MOST_VARIANTS = 20;

    private static final int CONTRIBUTES = 1;
    private static final int SEALED = 2;
    private static final int LATE = 4;

    private final SortedMap<String, Exposure> exposures = new TreeMap<>();
    private final Set<String> late = new TreeSet<>();
    private Contribution contribution;
    private boolean sealed;

    void saw(Definition definition, Exposure exposure) {
        if (sealed && exposures.isEmpty()) {
            // What it saw before did not count; by what it sees from now on it begins anew.
            sealed = false;
        }
        boolean madeUp = definition.provisional() || !definition.knows(exposure.variant());
        if (madeUp && exposures.size() >= MOST_VARIANTS && !exposures.containsKey(exposure.variant())) {
            return;
        }
        exposures.merge(
                exposure.variant(), exposure, (known, other) -> other.precedes(known, definition) ? other : known);
    }

    /** The first to each variant. */
    Collection<Exposure> exposures() {
        return Collections.unmodifiableCollection(exposures.values());
    }

    Contribution contribution() {
        return contribution;
    }

    void contributes(Contribution now) {
        contribution = now;
    }

    /** Its window is over and nothing may come late any more: what the unit did is forgotten, and its values stay. */
    boolean isSealed() {
        return sealed;
    }

    /** Of a unit that does not count what it saw goes too: a definition that counts it later would take it for one that did nothing. */
    void seal() {
        sealed = true;
        if (!contribution.isAnchored()) {
            exposures.clear();
        }
    }

    /** An event came after that which would have counted. */
    void cameLate(String eventId) {
        late.add(eventId);
    }

    boolean isLate(String eventId) {
        return late.contains(eventId);
    }

    /** Forgets what came late, but for that. */
    void retainLate(Collection<String> eventIds) {
        late.retainAll(eventIds);
    }

    boolean hasLate() {
        return !late.isEmpty();
    }

    void write(ByteWriter out) {
        out.varint(exposures.size());
        exposures
                .values()
                .forEach(exposure ->
                        out.text(exposure.variant()).signed(exposure.at()).text(exposure.eventId()));
        out.put((contribution == null ? 0 : CONTRIBUTES) | (sealed ? SEALED : 0) | (late.isEmpty() ? 0 : LATE));
        if (contribution != null) {
            contribution.write(out);
        }
        if (!late.isEmpty()) {
            out.varint(late.size());
            late.forEach(out::text);
        }
    }

    static Part read(ByteReader in) {
        Part part = new Part();
        int exposures = in.count();
        for (int i = 0; i < exposures; i++) {
            Exposure exposure = new Exposure(in.text(), in.signed(), in.text());
            part.exposures.put(exposure.variant(), exposure);
        }
        int state = in.next();
        part.sealed = (state & SEALED) != 0;
        part.contribution = (state & CONTRIBUTES) == 0 ? null : Contribution.read(in);
        int late = (state & LATE) == 0 ? 0 : in.count();
        for (int i = 0; i < late; i++) {
            part.late.add(in.text());
        }
        return part;
    }
}
