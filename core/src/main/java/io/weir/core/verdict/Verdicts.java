package io.weir.core.verdict;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All verdicts on one interaction. Of one rule the last by a person counts, else the last by the rule itself; one by a
 * person on every rule counts for each of them. The interaction is invalid while an {@link Finding#INVALID} counts. The
 * same verdicts are the same state, in whatever order they came. Immutable.
 *
 * <pre>
 * varint      number, then for each:
 * text        rule
 * varint      version
 * 1 byte      finding (bits 0-1), by hand (4)
 * signed      decided_at, millis
 * </pre>
 */
public final class Verdicts {

    /** No verdict. */
    public static final Verdicts NONE = new Verdicts(List.of());

    private static final int FINDING = 3;
    private static final int BY_HAND = 4;

    /** The last of each rule and origin. */
    private final List<Verdict> last;

    private Verdicts(List<Verdict> last) {
        this.last = last;
    }

    /** These and one more. */
    public Verdicts with(Verdict verdict) {
        List<Verdict> all = new ArrayList<>(last.size() + 1);
        Verdict counts = verdict;
        for (Verdict known : last) {
            if (!known.rule().equals(verdict.rule()) || known.byHand() != verdict.byHand()) {
                all.add(known);
            } else if (Verdict.BY_TIME.compare(known, verdict) >= 0) {
                counts = known;
            }
        }
        all.add(counts);
        all.sort((a, b) -> {
            int byRule = a.rule().compareTo(b.rule());
            return byRule != 0 ? byRule : Boolean.compare(a.byHand(), b.byHand());
        });
        return new Verdicts(List.copyOf(all));
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return last.isEmpty();
    }

    /** A verdict that makes the interaction invalid; empty if it is valid. */
    public Optional<Verdict> standing() {
        return last.stream()
                .filter(verdict -> verdict.finding() == Finding.INVALID)
                .filter(verdict -> last.stream().noneMatch(other -> outranks(other, verdict)))
                .findFirst();
    }

    private static boolean outranks(Verdict other, Verdict verdict) {
        boolean concerns = other.rule().equals(verdict.rule()) || other.rule().equals(Verdict.EVERY_RULE);
        if (!concerns || !other.byHand()) {
            return false;
        }
        return !verdict.byHand() || Verdict.BY_TIME.compare(other, verdict) > 0;
    }

    /**
     * The one verdict.
     *
     * @throws IllegalStateException if there is not exactly one
     */
    public Verdict only() {
        if (last.size() != 1) {
            throw new IllegalStateException("expected one verdict, found " + last.size());
        }
        return last.get(0);
    }

    /** Writes the verdicts. */
    public void write(ByteWriter out) {
        out.varint(last.size());
        for (Verdict verdict : last) {
            out.text(verdict.rule()).varint(verdict.version());
            out.put(Finding.CODES.of(verdict.finding()) | (verdict.byHand() ? BY_HAND : 0));
            out.signed(verdict.decidedAt());
        }
    }

    /** Reads what {@link #write} wrote. */
    public static Verdicts read(ByteReader in) {
        int count = in.count();
        List<Verdict> last = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String rule = in.text();
            long version = in.varint();
            int flags = in.next();
            last.add(new Verdict(
                    rule, version, Finding.CODES.constant(flags & FINDING), (flags & BY_HAND) != 0, in.signed()));
        }
        return last.isEmpty() ? NONE : new Verdicts(List.copyOf(last));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Verdicts that && last.equals(that.last);
    }

    @Override
    public int hashCode() {
        return last.hashCode();
    }

    @Override
    public String toString() {
        return last.toString();
    }
}
