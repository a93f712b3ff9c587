package io.weir.core.topic;

import io.weir.schemas.AdCounts;
import io.weir.schemas.AdInteraction;
import io.weir.schemas.CapStatus;
import io.weir.schemas.DeadLetter;
import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import io.weir.schemas.EventQuality;
import io.weir.schemas.ExperimentAlert;
import io.weir.schemas.ExperimentDefinition;
import io.weir.schemas.ExperimentResults;
import io.weir.schemas.FraudAlert;
import io.weir.schemas.FraudList;
import io.weir.schemas.FraudRule;
import io.weir.schemas.LedgerEntry;
import io.weir.schemas.MerchantBudget;
import io.weir.schemas.QualityAlert;
import io.weir.schemas.Session;
import io.weir.schemas.SpendNotice;
import io.weir.schemas.Statement;
import io.weir.schemas.Verdict;
import io.weir.schemas.VisitorIdentities;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The catalogue: one constant for each topic that Weir owns, and the names they have in one deployment. */
public final class Topics {

    /** Long enough to rebuild what features keep for seven days from a topic that is read a day late. */
    private static final Duration EVENTS = Duration.ofDays(8);
    /** Dead letters may hold personal data in the clear: no longer than it takes to repair them. */
    private static final Duration DEAD_LETTERS = Duration.ofDays(7);

    private static final Duration MONTH = Duration.ofDays(30);
    /** Two years: an auditor asks for last year's bills. */
    private static final Duration AUDIT = Duration.ofDays(731);

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

    public static final Topic<MerchantBudget> BUDGETS =
            Topic.compacted("adspend.budgets", "merchant id", MerchantBudget.class);
    public static final Topic<Verdict> VERDICTS = Topic.deleted("fraud.verdicts", "merchant id", Verdict.class, EVENTS);
    public static final Topic<AdCounts> AD_COUNTS =
            Topic.deleted("adspend.counts", "merchant id", AdCounts.class, MONTH);
    public static final Topic<CapStatus> CAPS =
            Topic.compacted("adspend.caps", "merchant id, or merchant|campaign", CapStatus.class);
    public static final Topic<SpendNotice> NOTICES =
            Topic.deleted("adspend.notices", "merchant id", SpendNotice.class, MONTH);
    public static final Topic<LedgerEntry> LEDGER =
            Topic.deleted("adspend.ledger", "merchant id", LedgerEntry.class, AUDIT);
    public static final Topic<AdInteraction> LATE_INTERACTIONS =
            Topic.deleted("adspend.late", "merchant id", AdInteraction.class, MONTH);
    public static final Topic<Statement> STATEMENTS =
            Topic.compacted("adspend.statements", "merchant|day", Statement.class);

    public static final Topic<ExperimentDefinition> DEFINITIONS =
            Topic.compacted("experiments.definitions", "experiment id", ExperimentDefinition.class);
    public static final Topic<Verdict> VISITOR_VERDICTS =
            Topic.compacted("fraud.visitor-verdicts", "visitor id", Verdict.class);
    public static final Topic<ExperimentResults> RESULTS =
            Topic.compacted("experiments.results", "experiment id", ExperimentResults.class);
    public static final Topic<ExperimentAlert> EXPERIMENT_ALERTS =
            Topic.deleted("experiments.alerts", "experiment id", ExperimentAlert.class, MONTH);

    public static final Topic<FraudRule> RULES = Topic.compacted("fraud.rules", "rule id", FraudRule.class);
    public static final Topic<FraudList> LISTS = Topic.compacted("fraud.lists", "list name", FraudList.class);
    /** Where alerts go whose route has no topic of its own. */
    public static final Topic<FraudAlert> UNROUTED_ALERTS = alertsOf("unrouted");
    /** Where alerts go of rules that have no effect, whatever their route. */
    public static final Topic<FraudAlert> SHADOW_ALERTS = alertsOf("shadow");

    /** Routes of alerts that have a topic of their own, if nobody names others. */
    public static final Set<String> ROUTES = Collections.unmodifiableSet(
            new LinkedHashSet<>(List.of("clicks", "purchases", "integrity", "support", "app-health")));

    private static final Map<EventKind, Topic<Event>> BY_KIND = byKind();

    private static final List<Topic<?>> ALWAYS = Stream.<Topic<?>>concat(
                    BY_KIND.values().stream(),
                    Stream.of(
                            DEAD_LETTER,
                            QUALITY,
                            QUALITY_ALERTS,
                            SESSIONS,
                            LATE_EVENTS,
                            IDENTITIES,
                            BUDGETS,
                            VERDICTS,
                            AD_COUNTS,
                            CAPS,
                            NOTICES,
                            LEDGER,
                            LATE_INTERACTIONS,
                            STATEMENTS,
                            DEFINITIONS,
                            VISITOR_VERDICTS,
                            RESULTS,
                            EXPERIMENT_ALERTS,
                            RULES,
                            LISTS,
                            UNROUTED_ALERTS,
                            SHADOW_ALERTS))
            .toList();

    private final String prefix;
    private final Map<String, Topic<FraudAlert>> byRoute;

    /** @param prefix put before every name, such as {@code shop.}; may be empty */
    public Topics(String prefix) {
        this(prefix, ROUTES);
    }

    /**
     * Those of a deployment.
     *
     * @param prefix put before every name, such as {@code shop.}; may be empty
     * @param routes whose alerts have a topic of their own
     */
    public Topics(String prefix, Collection<String> routes) {
        this.prefix = prefix;
        this.byRoute = new LinkedHashMap<>();
        routes.forEach(route -> byRoute.put(route, alertsOf(route)));
    }

    /** The name of a topic in this deployment. */
    public String name(Topic<?> topic) {
        return prefix + topic.name();
    }

    /** The names of topics in this deployment, in order. */
    public Set<String> names(Collection<? extends Topic<?>> topics) {
        return topics.stream().map(this::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The topic that has this name in this deployment. */
    public Optional<Topic<?>> find(String name) {
        return owned().stream().filter(topic -> name(topic).equals(name)).findFirst();
    }

    /** Every topic that Weir owns in this deployment. */
    public List<Topic<?>> owned() {
        return Stream.concat(ALWAYS.stream(), byRoute.values().stream()).toList();
    }

    /** Every topic that Weir owns, if nobody names other routes. */
    public static List<Topic<?>> all() {
        return new Topics("").owned();
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

    /** The topic of the alerts of a route in this deployment. */
    public Topic<FraudAlert> alerts(String route) {
        return byRoute.getOrDefault(route, UNROUTED_ALERTS);
    }

    /** Every topic of alerts on fraud in this deployment. */
    public List<Topic<FraudAlert>> alerts() {
        return Stream.concat(byRoute.values().stream(), Stream.of(UNROUTED_ALERTS, SHADOW_ALERTS))
                .toList();
    }

    private static Topic<FraudAlert> alertsOf(String route) {
        return Topic.deleted("fraud.alerts." + route, "key of the rule's group", FraudAlert.class, MONTH);
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
