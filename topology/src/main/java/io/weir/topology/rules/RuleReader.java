package io.weir.topology.rules;

import io.weir.fraud.rule.Rule;
import io.weir.fraud.rule.RuleException;
import io.weir.schemas.EventKind;
import io.weir.schemas.FraudRule;
import io.weir.schemas.RuleAction;
import io.weir.schemas.RuleFault;
import io.weir.schemas.RuleIntegrity;
import io.weir.schemas.RuleKey;
import io.weir.schemas.RuleKind;
import io.weir.schemas.RuleLimit;
import io.weir.schemas.RuleLists;
import io.weir.schemas.RuleMeasure;
import io.weir.schemas.RuleMode;
import io.weir.schemas.RuleRatio;
import io.weir.schemas.RuleSequence;
import io.weir.schemas.RuleSeverity;
import io.weir.schemas.VerdictSubject;
import io.weir.topology.yaml.Bounds;
import io.weir.topology.yaml.Entries;
import io.weir.topology.yaml.Field;
import io.weir.topology.yaml.OnceEach;
import io.weir.topology.yaml.Problems;
import io.weir.topology.yaml.Value;
import io.weir.topology.yaml.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** From what a file of rules says to rules. Everything is looked at, also after something was found wrong. */
final class RuleReader {

    private static final List<String> RULE = List.of(
            "id",
            "description",
            "version",
            "mode",
            "kind",
            "on",
            "when",
            "group_by",
            "measure",
            "measured",
            "limits",
            "include_before",
            "lists",
            "sequence",
            "integrity",
            "ratio",
            "severity",
            "route",
            "action",
            "subject");

    private static final List<EventKind> EVENTS = known(EventKind.class);
    private static final List<RuleKey> KEYS = known(RuleKey.class);
    private static final int MOST = 20;
    private static final Bounds LIMITS = Bounds.from("0", Long.toString(Long.MAX_VALUE / 4));
    private static final String SHORTEST = "1ms";
    private static final String LONGEST = "24h";

    private static final Bounds SCALES = Bounds.from("0.1", "1000");
    /** By 3.5 scales above the median one honest hour in five thousand is too high. */
    private static final double ROBUST_Z = 3.5;
    /** Of fewer, a ratio is mostly chance. */
    private static final long AT_LEAST = 500;
    /** All hours of the day. */
    private static final Duration HISTORY = Duration.ofHours(24);

    private final long version;
    private final Set<EventKind> read;
    private final Problems problems;
    private final Values values;
    private final OnceEach rules;

    /**
     * Nothing is read yet.
     *
     * @param version of a rule that has none
     * @param read kinds of event that rules can look at
     */
    RuleReader(long version, Set<EventKind> read, Problems problems) {
        this.version = version;
        this.read = Set.copyOf(read);
        this.problems = problems;
        this.values = new Values(problems);
        this.rules = new OnceEach("rule", problems);
    }

    /** All but the one that stands for what this version does not know. */
    private static <E extends Enum<E>> List<E> known(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> !each.name().equalsIgnoreCase("unknown"))
                .toList();
    }

    /** A rule of the list; nothing if something is wrong in it. */
    Optional<FraudRule> read(Field item) {
        Optional<Value.Mapping> mapping = item.mapping();
        if (mapping.isEmpty()) {
            return values.wrong(item, "a mapping with id, kind, on, severity, route and action");
        }
        Entries entries = Entries.of(mapping.get(), "", RULE, problems);
        Optional<String> id = values.identifier(entries.get("id"), "the id of a rule");
        id.ifPresent(rule -> rules.add(rule, entries.get("id")));
        Optional<RuleKind> kind = values.symbol(entries.get("kind"), known(RuleKind.class));
        List<EventKind> on = symbols(entries.get("on"), EVENTS, "kinds of event");
        Optional<RuleSeverity> severity = values.symbol(entries.get("severity"), known(RuleSeverity.class));
        Optional<String> route = values.identifier(entries.get("route"), "the name of a route");
        Optional<RuleAction> action = values.symbol(entries.get("action"), known(RuleAction.class));
        FraudRule.Builder rule = FraudRule.newBuilder()
                .setMode(symbol(entries.get("mode"), RuleMode.class, RuleMode.LIVE))
                .setMeasure(symbol(entries.get("measure"), RuleMeasure.class, RuleMeasure.COUNT))
                .setSubject(symbol(entries.get("subject"), VerdictSubject.class, VerdictSubject.EVENT))
                .setOn(on)
                .setGroupBy(given(entries.get("group_by"), field -> symbols(field, KEYS, "keys")))
                .setLimits(given(entries.get("limits"), this::limits))
                .setVersion(values.version(entries.get("version")).orElse(version))
                .setDescription(text(entries.get("description")))
                .setWhen(text(entries.get("when")))
                .setMeasured(text(entries.get("measured")))
                .setIncludeBefore(
                        entries.get("include_before").ifGiven(values::flag).orElse(false))
                .setLists(entries.get("lists").ifGiven(this::lists).orElse(null))
                .setSequence(entries.get("sequence").ifGiven(this::sequence).orElse(null))
                .setIntegrity(entries.get("integrity").ifGiven(this::integrity).orElse(null))
                .setRatio(entries.get("ratio").ifGiven(this::ratio).orElse(null));
        boolean whole =
                id.isPresent() && kind.isPresent() && severity.isPresent() && route.isPresent() && action.isPresent();
        if (!whole || on.isEmpty()) {
            return Optional.empty();
        }
        FraudRule terms = rule.setId(id.get())
                .setKind(kind.get())
                .setSeverity(severity.get())
                .setRoute(route.get())
                .setAction(action.get())
                .build();
        return checked(terms, entries, item);
    }

    /** What its parts say together; a wrong expression at its place in the file. */
    private Optional<FraudRule> checked(FraudRule terms, Entries entries, Field item) {
        try {
            Rule.of(terms, read);
            return Optional.of(terms);
        } catch (RuleException e) {
            String key = e.getMessage().split("[.,:]", 2)[0];
            Field field = RULE.contains(key) ? entries.get(key) : item;
            String place = e.line() == 0 ? "" : " (line " + e.line() + ", column " + e.column() + " of the expression)";
            problems.add(field.position(), "rule " + terms.getId() + ": " + e.getMessage() + place);
            return Optional.empty();
        }
    }

    private <E extends Enum<E>> E symbol(Field field, Class<E> type, E otherwise) {
        return field.ifGiven(given -> values.symbol(given, known(type))).orElse(otherwise);
    }

    private <E extends Enum<E>> List<E> symbols(Field field, List<E> known, String what) {
        List<E> symbols = new ArrayList<>();
        for (Value item : values.items(field, "a list of " + what, 1, MOST)) {
            values.symbol(new Field(field.name(), item), known).ifPresent(symbols::add);
        }
        return symbols;
    }

    private static <T> List<T> given(Field field, Function<Field, List<T>> read) {
        return field.isNone() ? List.of() : read.apply(field);
    }

    private String text(Field field) {
        Optional<String> text =
                field.ifGiven(given -> given.text().isPresent() ? given.text() : values.wrong(given, "a text"));
        return text.orElse(null);
    }

    private List<RuleLimit> limits(Field field) {
        List<RuleLimit> limits = new ArrayList<>();
        for (Value item : values.items(field, "a list of limits", 1, MOST)) {
            mapping(new Field(field.name(), item), "more_than", "in").ifPresent(limit -> {
                Optional<Long> moreThan = values.whole(limit.get("more_than"), LIMITS);
                Optional<Duration> in = values.duration(limit.get("in"), SHORTEST, LONGEST);
                limits.add(new RuleLimit(
                        moreThan.orElse(1L), in.orElse(Duration.ofSeconds(1)).toMillis()));
            });
        }
        return limits;
    }

    private Optional<RuleLists> lists(Field field) {
        return mapping(field, "key", "deny", "allow")
                .map(lists -> new RuleLists(
                        values.symbol(lists.get("key"), KEYS).orElse(RuleKey.VISITOR),
                        names(lists.get("deny")),
                        given(lists.get("allow"), this::names)));
    }

    private List<String> names(Field field) {
        List<String> names = new ArrayList<>();
        for (Value item : values.items(field, "a list of names of lists", 1, MOST)) {
            values.identifier(new Field(field.name(), item), "the name of a list")
                    .ifPresent(names::add);
        }
        return names;
    }

    private Optional<RuleSequence> sequence(Field field) {
        return mapping(field, "first", "faults", "at_least", "at_most")
                .map(sequence -> new RuleSequence(
                        values.symbol(sequence.get("first"), EVENTS).orElse(EventKind.impression),
                        symbols(sequence.get("faults"), known(RuleFault.class), "faults"),
                        millis(sequence.get("at_least")),
                        millis(sequence.get("at_most"))));
    }

    private Optional<RuleIntegrity> integrity(Field field) {
        return mapping(field, "packages", "max_age")
                .map(integrity -> new RuleIntegrity(
                        given(integrity.get("packages"), this::packages),
                        values.duration(integrity.get("max_age"), SHORTEST, LONGEST)
                                .orElse(Duration.ofSeconds(1))
                                .toMillis()));
    }

    private Optional<RuleRatio> ratio(Field field) {
        return mapping(field, "of", "among", "robust_z", "at_least", "history")
                .map(ratio -> new RuleRatio(
                        values.symbol(ratio.get("of"), EVENTS).orElse(EventKind.click),
                        values.symbol(ratio.get("among"), EVENTS).orElse(EventKind.impression),
                        ratio.get("robust_z")
                                .ifGiven(given -> values.number(given, SCALES))
                                .orElse(ROBUST_Z),
                        ratio.get("at_least")
                                .ifGiven(given -> values.whole(given, LIMITS))
                                .orElse(AT_LEAST),
                        Math.toIntExact(ratio.get("history")
                                .ifGiven(given -> values.duration(given, "1h", "168h"))
                                .orElse(HISTORY)
                                .toHours())));
    }

    private List<String> packages(Field field) {
        List<String> names = new ArrayList<>();
        for (Value item : values.items(field, "a list of names of apps", 1, MOST)) {
            Field name = new Field(field.name(), item);
            name.text().ifPresentOrElse(names::add, () -> values.wrong(name, "the name of an app"));
        }
        return names;
    }

    private Long millis(Field field) {
        return field.ifGiven(given -> values.duration(given, SHORTEST, LONGEST))
                .map(Duration::toMillis)
                .orElse(null);
    }

    private Optional<Entries> mapping(Field field, String... keys) {
        Optional<Value.Mapping> mapping = field.mapping();
        return mapping.isPresent()
                ? Optional.of(Entries.of(mapping.get(), field.name(), List.of(keys), problems))
                : values.wrong(field, "a mapping with " + String.join(", ", keys));
    }
}
