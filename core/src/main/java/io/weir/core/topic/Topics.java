package io.weir.core.topic;

import io.weir.schemas.DeadLetter;
import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import io.weir.schemas.EventQuality;
import io.weir.schemas.QualityAlert;
import io.weir.schemas.Session;
import io.weir.schemas.VisitorIdentities;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The catalogue: one constant for each topic that Weir owns, and the names they have in one deployment. */
public final class Topics {

    /** Long enough to rebuild what features keep for seven days from a topic that is read a day late. */
    private static final Duration EVENTS = Duration.ofDays(8);
    /** Dead letters may hold personal data in the clear: no longer than it takes to repair them. */
    private static final Duration DEAD_LETTERS = Duration.ofDays(7);

    private static final Duration MONTH = Duration.ofDays(30);

    public static final Topic<Event> PAGE_VIEWS = events("page-views");
    public static final Topic<Event> IMPRESSIONS = events("impressions");
    public static final Topic<Event> CLICKS = events("clicks");
    public static final Topic<Event> VIDEO = events("video");
    public static final Topic<Event> PURCHASES = events("purchases");
    public static final Topic<Event> EXPOSURES = events("exposures");
    public static final Topic<Event> APP_SIGNALS = events("app-signals");
    public static final Topic<Event> INTERACTIONS = events("interactions");

    public static final Topic<DeadLetter> DEAD_LETTER =
            Topic.deleted("intake.dead-letters", "event id, or source position", DeadLetter.class, DEAD_LETTERS);
    public static final Topic<EventQuality> QUALITY =
            Topic.deleted("intake.quality", "source|event name", EventQuality.class, MONTH);
    public static final Topic<QualityAlert> QUALITY_ALERTS =
            Topic.deleted("intake.alerts", "source|event name", QualityAlert.class, MONTH);

    public static final Topic<Session> SESSIONS = Topic.deleted("sessions", "visitor id", Session.class, MONTH);
    public static final Topic<Event> LATE_EVENTS = Topic.deleted("sessions.late", "visitor id", Event.class, EVENTS);
    public static final Topic<VisitorIdentities> IDENTITIES =
            Topic.compacted("identities", "visitor id", VisitorIdentities.class);

    private static final Map<EventKind, Topic<Event>> BY_KIND = byKind();

    private static final List<Topic<?>> ALL = Stream.<Topic<?>>concat(
                    BY_KIND.values().stream(),
                    Stream.of(DEAD_LETTER, QUALITY, QUALITY_ALERTS, SESSIONS, LATE_EVENTS, IDENTITIES))
            .toList();

    private final String prefix;

    /** @param prefix put before every name, such as {@code shop.}; may be empty */
    public Topics(String prefix) {
        this.prefix = prefix;
    }

    /** The name of a topic in this deployment. */
    public String name(Topic<?> topic) {
        return prefix + topic.name();
    }

    /** The topic that has this name in this deployment. */
    public Optional<Topic<?>> find(String name) {
        return ALL.stream().filter(topic -> name(topic).equals(name)).findFirst();
    }

    /** Every topic that Weir owns. */
    public static List<Topic<?>> all() {
        return ALL;
    }

    /** The topic of a kind of event. */
    public static Topic<Event> of(EventKind kind) {
        Topic<Event> topic = BY_KIND.get(kind);
        if (topic == null) {
            throw new IllegalArgumentException("no topic for events of kind " + kind);
        }
        return topic;
    }

    /** The kinds of event that have a topic: all but {@link EventKind#unknown}. */
    public static List<EventKind> kinds() {
        return List.copyOf(BY_KIND.keySet());
    }

    private static Map<EventKind, Topic<Event>> byKind() {
        Map<EventKind, Topic<Event>> topics = new EnumMap<>(EventKind.class);
        List<Topic<Event>> inOrderOfKinds =
                Arrays.asList(PAGE_VIEWS, IMPRESSIONS, CLICKS, VIDEO, PURCHASES, EXPOSURES, APP_SIGNALS, INTERACTIONS);
        List<EventKind> kinds = List.of(
                EventKind.page_view,
                EventKind.impression,
                EventKind.click,
                EventKind.video,
                EventKind.purchase,
                EventKind.exposure,
                EventKind.app_signal,
                EventKind.interaction);
        for (int i = 0; i < kinds.size(); i++) {
            topics.put(kinds.get(i), inOrderOfKinds.get(i));
        }
        return Collections.unmodifiableMap(topics);
    }

    private static Topic<Event> events(String name) {
        return Topic.deleted("events." + name, "visitor id", Event.class, EVENTS);
    }
}
