package io.weir.fraud.rule;

import io.weir.fraud.integrity.IntegrityTerms;
import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import io.weir.schemas.FraudRule;
import io.weir.schemas.RuleAction;
import io.weir.schemas.RuleKey;
import io.weir.schemas.RuleKind;
import io.weir.schemas.RuleMeasure;
import io.weir.schemas.RuleMode;
import io.weir.schemas.RuleSequence;
import io.weir.schemas.VerdictSubject;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A rule that has been checked and compiled. Immutable. */
public final class Rule {

    /** Where one event is enough, events that break a rule within half an hour of each other are one alert. */
    public static final Limit NOTHING = new Limit(0, 30 * 60_000);

    /** Up to this many the events of a key are kept, and judged to the millisecond. */
    static final long MOST_KEPT = 128;

    /** Different values are counted up to here: each is 8 bytes, in each of up to 200 tenths of a window. */
    public static final int MOST_VALUES = 200;

    /** A token may be used once, and is remembered for a day; after that it is too old, whatever a rule allows. */
    private static final Limit ONCE = new Limit(1, 24 * 3_600_000L);

    private final FraudRule terms;
    private final Set<EventKind> on;
    private final Optional<Expression> condition;
    private final Optional<Expression> measured;
    private final List<RuleKey> groupBy;
    private final List<Limit> limits;
    private final Optional<IntegrityTerms> integrity;
    private final long longestWindow;
    private final long largestLimit;

    private Rule(FraudRule terms, Optional<Expression> condition, Optional<Expression> measured) {
        this.terms = terms;
        this.on = terms.getOn().isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(terms.getOn()));
        this.condition = condition;
        this.measured = measured;
        this.groupBy = terms.getGroupBy().isEmpty() ? List.of(RuleKey.VISITOR) : List.copyOf(terms.getGroupBy());
        this.limits = limits(terms);
        this.integrity = Optional.ofNullable(terms.getIntegrity()).map(IntegrityTerms::of);
        this.longestWindow = limits.stream().mapToLong(Limit::window).max().orElseThrow();
        this.largestLimit = limits.stream().mapToLong(Limit::moreThan).max().orElseThrow();
    }

    private static List<Limit> limits(FraudRule terms) {
        return switch (terms.getKind()) {
            case VELOCITY ->
                terms.getLimits().stream()
                        .map(limit -> new Limit(limit.getMoreThan(), limit.getWindowMs()))
                        .toList();
            case INTEGRITY -> List.of(ONCE);
            case MATCH, SEQUENCE, RATIO, UNKNOWN -> List.of(NOTHING);
        };
    }

    /**
     * Compiles a rule.
     *
     * @param read kinds of event that fraud reads
     * @throws RuleException if it cannot be applied: what is wrong, in a sentence
     */
    public static Rule of(FraudRule terms, Set<EventKind> read) {
        RuleCheck.check(terms, read);
        Optional<Expression> condition = compiled("when", terms.getWhen(), Expression::condition);
        Optional<Expression> measured = compiled(
                "measured",
                terms.getMeasured(),
                terms.getMeasure() == RuleMeasure.SUM ? Expression::number : Expression::text);
        return new Rule(terms, condition, measured);
    }

    private static Optional<Expression> compiled(String key, String text, Function<String, Expression> compile) {
        try {
            return Optional.ofNullable(text).map(compile);
        } catch (RuleException e) {
            throw e.in(key);
        }
    }

    /** What it says. */
    public FraudRule terms() {
        return terms;
    }

    /** Its id. */
    public String id() {
        return terms.getId();
    }

    /** Its version. */
    public long version() {
        return terms.getVersion();
    }

    /** How it judges. */
    public RuleKind kind() {
        return terms.getKind();
    }

    /** Whether it looks at anything. */
    public boolean isOn() {
        return terms.getMode() != RuleMode.OFF;
    }

    /** Whether it has effect beyond showing what it would do. */
    public boolean isLive() {
        return terms.getMode() == RuleMode.LIVE;
    }

    /** Whether it gives verdicts. */
    public boolean judges() {
        return isLive() && terms.getAction() != RuleAction.ALERT;
    }

    /** Whether its verdicts are on visitors, and not on events. */
    public boolean judgesVisitors() {
        return judges() && terms.getSubject() == VerdictSubject.VISITOR;
    }

    /** Kinds of event that it looks at. */
    public Set<EventKind> on() {
        return on;
    }

    /** Kinds of event that it must be shown: those that it is about, and what must come before them. */
    Set<EventKind> looksAt() {
        Set<EventKind> kinds = EnumSet.copyOf(on);
        if (terms.getSequence() != null) {
            kinds.add(terms.getSequence().getFirst());
        }
        return kinds;
    }

    /** Whether an event, of a kind that it looks at, is one that it is about. */
    public boolean concerns(Event event, Lists lists) {
        return (condition.isEmpty() || condition.get().holds(event))
                && (terms.getLists() == null || lists.deny(event, terms.getLists()));
    }

    /** The key under which an event counts; empty if it lacks a part of it. */
    public Optional<String> key(Event event) {
        return GroupKey.of(event, groupBy);
    }

    /** Whether all events of a key are one visitor's, so that they are in one task of those that read events. */
    public boolean isOfVisitor() {
        return groupBy.contains(RuleKey.VISITOR) && kind() != RuleKind.INTEGRITY && kind() != RuleKind.RATIO;
    }

    /** What it asks of a token; empty if it is not about tokens. */
    public Optional<IntegrityTerms> integrity() {
        return integrity;
    }

    /** What an event has in common with the one that it follows, or that follows it, in a SEQUENCE; empty if it has not. */
    public Optional<String> join(Event event) {
        String join = on.contains(EventKind.purchase) ? EventFields.merchant(event) : EventFields.impression(event);
        return Optional.ofNullable(join);
    }

    /** How far apart the two of a SEQUENCE may be for either to matter to the other, milliseconds; 0 of other kinds. */
    public long span() {
        return span(terms);
    }

    private static long span(FraudRule terms) {
        RuleSequence sequence = terms.getSequence();
        return sequence == null ? 0 : Math.max(orZero(sequence.getAtLeastMs()), orZero(sequence.getAtMostMs()));
    }

    private static long orZero(Long millis) {
        return millis == null ? 0 : millis;
    }

    /** Whether what it remembers of the past is all that a later version needs: what came first, for as long. */
    boolean remembersFor(FraudRule later) {
        return kind() == later.getKind()
                && Objects.equals(terms.getOn(), later.getOn())
                && Objects.equals(first(terms), first(later))
                && span() >= span(later);
    }

    /**
     * Whether what an earlier version has counted of a key is just what this one would have, however it judges it: the hours of a ratio, and
     * the tokens that were used.
     */
    boolean countsAs(Rule earlier) {
        return kind() == earlier.kind()
                && switch (kind()) {
                    case INTEGRITY -> true;
                    case RATIO ->
                        on.equals(earlier.on)
                                && groupBy.equals(earlier.groupBy)
                                && Objects.equals(terms.getWhen(), earlier.terms.getWhen())
                                && Objects.equals(terms.getLists(), earlier.terms.getLists())
                                && terms.getRatio().getOf()
                                        == earlier.terms.getRatio().getOf()
                                && terms.getRatio().getAmong()
                                        == earlier.terms.getRatio().getAmong();
                    case MATCH, VELOCITY, SEQUENCE, UNKNOWN -> false;
                };
    }

    private static EventKind first(FraudRule terms) {
        return terms.getSequence() == null ? null : terms.getSequence().getFirst();
    }

    /** How much is allowed. */
    public List<Limit> limits() {
        return limits;
    }

    /** The longest of its windows, milliseconds. */
    public long longestWindow() {
        return longestWindow;
    }

    /** The largest of its limits. */
    public long largestLimit() {
        return largestLimit;
    }

    /** Whether the events of a key are kept, and judged to the millisecond; else they are added up in buckets. */
    public boolean keepsEvents() {
        return terms.getMeasure() == RuleMeasure.COUNT && largestLimit() <= MOST_KEPT;
    }

    /** What counts of an event: a number to add up, or a text that may differ; empty if it cannot be said. */
    public Optional<Object> measured(Event event) {
        return measured.isEmpty() ? Optional.of(1L) : measured.get().of(event);
    }

    @Override
    public String toString() {
        return id() + " version " + version();
    }
}
