package io.weir.experiments.unit;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.core.verdict.Verdict;
import io.weir.core.verdict.Verdicts;
import io.weir.experiments.definition.Definition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is known of a visitor or customer: the first exposure to each variant, what it did, verdicts, and what it adds to
 * experiments now. The same things make the same unit in whatever order they come, and however often. Mutable.
 *
 * <pre>
 * 1 byte      1: a crawler, 2: too many conversions, 4: has verdicts, 8: knows customers, 16: has invalid visitors
 * signed      last seen, millis
 * signed      when it is looked at next, millis; 0 for never
 * varint      experiments, then for each: text id, the part
 * varint      conversions, then each
 * flagged     verdicts; varint and texts of customers; varint and texts of invalid visitors
 * </pre>
 */
public final class Unit {

    /** More than any person does within the longest window and the lateness: who does more is a crawler. It bounds a unit. */
    static final int MOST_CONVERSIONS = 5_000;

    /** A till or a kiosk has one visitor for all who use it: verdicts on it reach so many. It bounds a unit. */
    static final int MOST_CUSTOMERS = 1_000;

    private static final int BOT = 1;
    private static final int OVERFLOWN = 2;
    private static final int JUDGED = 4;
    private static final int CUSTOMERS = 8;
    private static final int INVALID_VISITORS = 16;

    private final SortedMap<String, Part> parts = new TreeMap<>();
    private final List<Conversion> conversions = new ArrayList<>();
    private final Set<String> customers = new TreeSet<>();
    private final Set<String> invalidVisitors = new TreeSet<>();
    private Verdicts verdicts = Verdicts.NONE;
    private boolean bot;
    private boolean overflown;
    private long lastSeen = Long.MIN_VALUE;
    private long lookAt;

    /** It saw a variant; {@code robot} if the event is a crawler's. */
    public void saw(Definition definition, Exposure exposure, boolean robot) {
        bot |= robot;
        seen(exposure.at());
        parts.computeIfAbsent(definition.id(), any -> new Part()).saw(definition, exposure);
    }

    /** It did something; the same event again changes nothing. Returns whether it is new. */
    public boolean did(Conversion conversion) {
        seen(conversion.at());
        int place = Collections.binarySearch(conversions, conversion, Conversion.BY_TIME);
        if (place >= 0 || overflown) {
            return false;
        }
        if (conversions.size() == MOST_CONVERSIONS) {
            overflown = true;
            conversions.clear();
            return false;
        }
        conversions.add(-place - 1, conversion);
        return true;
    }

    /** It was seen at that time, milliseconds UTC. */
    public void seen(long at) {
        lastSeen = Math.max(lastSeen, at);
    }

    /** A verdict on it, if it is a visitor. */
    public void judged(Verdict verdict) {
        seen(verdict.decidedAt());
        verdicts = verdicts.with(verdict);
    }

    /**
     * A verdict stands, or does not stand any more, on one of the visitors through which a customer was seen.
     *
     * @param at when that was found, milliseconds UTC
     */
    public void visitor(String id, boolean invalid, long at) {
        seen(at);
        if (invalid) {
            invalidVisitors.add(id);
        } else {
            invalidVisitors.remove(id);
        }
    }

    /** The visitor was seen as this customer. Returns whether that is new; of more than {@link #MOST_CUSTOMERS} it is not noted. */
    public boolean wasSeenAs(String customer) {
        return customers.size() < MOST_CUSTOMERS && customers.add(customer);
    }

    /** As whom the visitor was seen. */
    public Set<String> customers() {
        return Collections.unmodifiableSet(customers);
    }

    /** Whether it is a crawler, or does more than a person. */
    boolean isBot() {
        return bot || overflown;
    }

    /** Whether a verdict stands on it. */
    public boolean isInvalid() {
        return verdicts.standing().isPresent() || !invalidVisitors.isEmpty();
    }

    /** Experiments that it saw. */
    public Set<String> experiments() {
        return Collections.unmodifiableSet(parts.keySet());
    }

    /** The first exposure to each variant of an experiment. */
    Collection<Exposure> exposures(String experiment) {
        Part part = parts.get(experiment);
        return part == null ? List.of() : part.exposures();
    }

    /** What it did, in the order of time. */
    public List<Conversion> conversions() {
        return Collections.unmodifiableList(conversions);
    }

    /** What it adds to an experiment; null for nothing yet. */
    public Contribution contribution(String experiment) {
        Part part = parts.get(experiment);
        return part == null ? null : part.contribution();
    }

    /** It adds this from now on; null for nothing. */
    public void contributes(String experiment, Contribution contribution) {
        parts.get(experiment).contributes(contribution);
    }

    /** When it saw a variant of an experiment last, of the first time for each, milliseconds UTC. */
    public long lastExposure(String experiment) {
        return exposures(experiment).stream().mapToLong(Exposure::at).max().orElse(Long.MIN_VALUE);
    }

    /** Whether its values for an experiment stay as they are. */
    public boolean isSealed(String experiment) {
        Part part = parts.get(experiment);
        return part != null && part.isSealed();
    }

    /** Its values for an experiment, to which it adds, stay as they are from now on. */
    public void seal(String experiment) {
        parts.get(experiment).seal();
    }

    /** An event came that would have counted for an experiment if its values were not sealed. */
    public void cameLate(String experiment, String eventId) {
        parts.get(experiment).cameLate(eventId);
    }

    /** Whether an event would have counted for an experiment, and came too late. */
    boolean isLate(String experiment, Conversion conversion) {
        return parts.get(experiment).isLate(conversion.eventId());
    }

    /** Forgets an experiment; what the unit has added stays in the numbers. */
    public void forget(String experiment) {
        parts.remove(experiment);
    }

    /** Forgets an experiment of which it has seen nothing since a time, milliseconds UTC. */
    public void forgetIfSeenBy(String experiment, long time) {
        if (exposures(experiment).stream().allMatch(exposure -> exposure.at() <= time)) {
            parts.remove(experiment);
        }
    }

    /** Forgets what it did before a time, milliseconds UTC. */
    public void forgetBefore(long time) {
        if (conversions.removeIf(conversion -> conversion.at() < time)) {
            List<String> left = conversions.stream().map(Conversion::eventId).toList();
            parts.values().stream().filter(Part::hasLate).forEach(part -> part.retainLate(left));
        }
        // Once its doings are lost it cannot count for what it has seen; for what it will see it may.
        overflown &= lastSeen >= time || !parts.isEmpty();
    }

    /** Forgets everything; what the unit has added stays in the numbers. */
    public void forget() {
        parts.clear();
        conversions.clear();
        customers.clear();
        invalidVisitors.clear();
        verdicts = Verdicts.NONE;
        overflown = false;
    }

    /** The last event of it, milliseconds UTC. */
    public long lastSeen() {
        return lastSeen;
    }

    /** When the clock is to look at it; 0 for never. */
    public long lookAt() {
        return lookAt;
    }

    /** The clock is to look at it then. */
    public void lookAt(long due) {
        lookAt = due;
    }

    /** Whether there is nothing left to know. */
    public boolean isEmpty() {
        return parts.isEmpty()
                && conversions.isEmpty()
                && verdicts.isEmpty()
                && customers.isEmpty()
                && invalidVisitors.isEmpty()
                && !overflown;
    }

    /** Its bytes. */
    public byte[] encode(ByteWriter out) {
        out.put((bot ? BOT : 0)
                | (overflown ? OVERFLOWN : 0)
                | (verdicts.isEmpty() ? 0 : JUDGED)
                | (customers.isEmpty() ? 0 : CUSTOMERS)
                | (invalidVisitors.isEmpty() ? 0 : INVALID_VISITORS));
        out.signed(lastSeen).signed(lookAt).varint(parts.size());
        parts.forEach((experiment, part) -> {
            out.text(experiment);
            part.write(out);
        });
        out.varint(conversions.size());
        conversions.forEach(conversion -> conversion.write(out));
        if (!verdicts.isEmpty()) {
            verdicts.write(out);
        }
        write(customers, out);
        write(invalidVisitors, out);
        return out.take();
    }

    private static void write(Set<String> ids, ByteWriter out) {
        if (!ids.isEmpty()) {
            out.varint(ids.size());
            ids.forEach(out::text);
        }
    }

    /** Reads what {@link #encode} made. */
    public static Unit decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        Unit unit = new Unit();
        int flags = in.next();
        unit.bot = (flags & BOT) != 0;
        unit.overflown = (flags & OVERFLOWN) != 0;
        unit.lastSeen = in.signed();
        unit.lookAt = in.signed();
        int experiments = in.count();
        for (int i = 0; i < experiments; i++) {
            unit.parts.put(in.text(), Part.read(in));
        }
        int conversions = in.count();
        for (int i = 0; i < conversions; i++) {
            unit.conversions.add(Conversion.read(in));
        }
        unit.verdicts = (flags & JUDGED) == 0 ? Verdicts.NONE : Verdicts.read(in);
        read(flags & CUSTOMERS, unit.customers, in);
        read(flags & INVALID_VISITORS, unit.invalidVisitors, in);
        return unit;
    }

    private static void read(int flag, Set<String> ids, ByteReader in) {
        int count = flag == 0 ? 0 : in.count();
        for (int i = 0; i < count; i++) {
            ids.add(in.text());
        }
    }
}
