package io.weir.topology.experiments;

import io.weir.experiments.ExperimentSettings;
import io.weir.schemas.EventKind;
import io.weir.schemas.MetricType;
import io.weir.topology.yaml.Entries;
import io.weir.topology.yaml.Field;
import io.weir.topology.yaml.Values;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which events a metric is of. What is said of them must fit together; where it is not known what the metric counts, since
 * something is wrong with that, the rest is only looked at for itself.
 */
final class MetricEvents {

    /** An exposure begins the window of a metric, and is nothing that one could count. */
    private static final List<EventKind> KINDS = List.of(
            EventKind.page_view,
            EventKind.impression,
            EventKind.click,
            EventKind.video,
            EventKind.purchase,
            EventKind.app_signal,
            EventKind.interaction);

    private static final Set<EventKind> WITH_MERCHANT =
            Set.of(EventKind.impression, EventKind.click, EventKind.video, EventKind.purchase);

    private static final String READ_KINDS = ExperimentSettings.KINDS.key();

    private final Set<EventKind> read;
    private final Values values;

    /** @param read kinds of event that metrics can be of */
    MetricEvents(Set<EventKind> read, Values values) {
        this.read = Set.copyOf(read);
        this.values = values;
    }

    /** The kind of event, also where the metric does not name it. */
    Optional<EventKind> kind(Entries metric, Optional<MetricType> type) {
        Field field = metric.get("kind");
        Optional<EventKind> kind = kind(field, metric.get("event"), type);
        // A metric of events that nobody reads would stay at nothing.
        if (kind.isPresent() && !read.contains(kind.get())) {
            String names = read.stream().sorted().map(EventKind::name).collect(Collectors.joining(", "));
            values.wrong(field, "one of those that " + READ_KINDS + " names (" + names + ")", "\"" + kind.get() + "\"");
        }
        return kind;
    }

    private Optional<EventKind> kind(Field kind, Field event, Optional<MetricType> type) {
        if (is(type, MetricType.REVENUE)) {
            return only(EventKind.purchase, kind, written(MetricType.REVENUE));
        }
        if (!event.isNone()) {
            return only(EventKind.interaction, kind, event.name());
        }
        if (!kind.isNone()) {
            return values.symbol(kind, KINDS);
        }
        return is(type, MetricType.COUNT)
                ? values.wrong(kind, "a kind or an event beside " + written(MetricType.COUNT))
                : type.map(conversion -> EventKind.purchase);
    }

    /** A kind that follows from something else in the metric, and that may be named as well. */
    private Optional<EventKind> only(EventKind implied, Field field, String beside) {
        if (field.isNone()) {
            return Optional.of(implied);
        }
        Optional<EventKind> kind = values.symbol(field, KINDS);
        return kind.isEmpty() || kind.get() == implied ? kind : values.wrong(field, implied + " beside " + beside);
    }

    /** The name of the event, if it has to have one. */
    Optional<String> event(Entries metric, Optional<MetricType> type) {
        Field field = metric.get("event");
        return is(type, MetricType.REVENUE)
                ? values.none(field, written(MetricType.REVENUE))
                : field.ifGiven(event -> values.identifier(event, "the name of an event"));
    }

    /** The merchant, if just one counts. */
    Optional<String> merchant(Entries metric, Optional<EventKind> kind) {
        Field field = metric.get("merchant");
        return kind.isPresent() && !WITH_MERCHANT.contains(kind.get())
                ? values.none(field, written(metric, kind.get()))
                : field.ifGiven(merchant -> values.identifier(merchant, "the id of a merchant"));
    }

    /** The currency, if just one counts. */
    Optional<String> currency(Entries metric, Optional<MetricType> type, Optional<EventKind> kind) {
        Field field = metric.get("currency");
        if (is(type, MetricType.COUNT)) {
            return values.none(field, written(MetricType.COUNT));
        }
        return kind.isPresent() && kind.get() != EventKind.purchase
                ? values.none(field, written(metric, kind.get()))
                : field.ifGiven(values::currency);
    }

    /** A type as the metric says it. */
    static String written(MetricType type) {
        return "type " + type.name().toLowerCase(Locale.ROOT);
    }

    /** A kind as the metric says it. */
    private static String written(Entries metric, EventKind kind) {
        Field event = metric.get("event");
        return event.isNone() ? "kind " + kind : event.name();
    }

    private static boolean is(Optional<MetricType> type, MetricType which) {
        return type.isPresent() && type.get() == which;
    }
}
