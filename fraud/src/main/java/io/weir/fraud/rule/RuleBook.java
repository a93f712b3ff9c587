package io.weir.fraud.rule;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.core.serde.KeptRecords;
import io.weir.core.state.ByteStores;
import io.weir.core.topic.KeyParts;
import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import io.weir.schemas.FraudList;
import io.weir.schemas.FraudRule;
import io.weir.schemas.RuleMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules and lists of a task, compiled. Of a rule the highest version counts, or the one that came after it was deleted; the
 * others are known for as long as alerts of theirs may be open. Rules of kinds that an event is not of cost it nothing.
 */
public final class RuleBook {

    private static final Logger LOG = LoggerFactory.getLogger(RuleBook.class);
    private static final String RULE = "rule";
    static final String COUNTS = "counts";
    private static final String LIST = "list";
    private static final String SINCE = "since";
    private static final String STARTED = "started";
    static final String DELETED = "deleted";
    /** Versions of a rule that are known: alerts of even earlier ones end without a word. */
    private static final int MOST_VERSIONS = 50;

    private final KeyValueStore<Bytes, byte[]> store;
    private final KeptRecords<FraudRule> ruleRecords;
    private final KeptRecords<FraudList> listRecords;
    private final Set<EventKind> read;
    private final Map<String, NavigableMap<Long, Rule>> rules = new TreeMap<>();
    /** The version that counts of each, also of those that cannot be applied. */
    private final Map<String, FraudRule> counting = new TreeMap<>();

    private final Map<String, Long> since = new HashMap<>();
    private final Set<String> deleted = new HashSet<>();
    private final Map<EventKind, List<Rule>> byKind = new EnumMap<>(EventKind.class);
    private final Lists lists = new Lists();
    private boolean started;

    /**
     * Reads what a task knows.
     *
     * @param read kinds of event that fraud reads
     */
    public RuleBook(
            KeyValueStore<Bytes, byte[]> store,
            KeptRecords<FraudRule> ruleRecords,
            KeptRecords<FraudList> listRecords,
            Set<EventKind> read) {
        this.store = store;
        this.ruleRecords = ruleRecords;
        this.listRecords = listRecords;
        this.read = Set.copyOf(read);
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            all.forEachRemaining(entry -> load(entry.key, entry.value));
        }
        index();
    }

    private void load(Bytes key, byte[] value) {
        String name = ByteStores.id(key);
        if (KeyParts.first(name).equals(SINCE)) {
            since.put(KeyParts.split(name).get(1), new ByteReader(value).signed());
        } else if (KeyParts.first(name).equals(RULE)) {
            hold(ruleRecords.decode(value))
                    .ifPresent(reason -> LOG.warn("This version of a rule cannot be applied: {}: {}", name, reason));
        } else if (KeyParts.first(name).equals(COUNTS)) {
            FraudRule terms = ruleRecords.decode(value);
            counting.put(terms.getId(), terms);
        } else if (KeyParts.first(name).equals(STARTED)) {
            started = true;
        } else if (KeyParts.first(name).equals(DELETED)) {
            deleted.add(KeyParts.split(name).get(1));
        } else {
            lists.put(listRecords.decode(value));
        }
    }

    /**
     * A kind that is not read any more leaves a version that cannot be applied: the rule rests until it is changed, and no earlier
     * version takes its place. Returns why, if so.
     */
    private Optional<String> hold(FraudRule terms) {
        NavigableMap<Long, Rule> versions = rules.computeIfAbsent(terms.getId(), any -> new TreeMap<>());
        try {
            versions.put(terms.getVersion(), Rule.of(terms, read));
            return Optional.empty();
        } catch (RuleException e) {
            versions.remove(terms.getVersion());
            return Optional.of(e.getMessage());
        }
    }

    /**
     * A rule is this from now on; it rests if it cannot be applied.
     *
     * @param now the newest event that was not shown to it, milliseconds UTC; {@link Long#MIN_VALUE} if it misses none
     */
    public void put(FraudRule terms, long now) {
        if (deleted.remove(terms.getId())) {
            store.delete(key(DELETED, terms.getId()));
            // It begins anew with any version, also a lower one; its alerts of before still end by their own.
            counting.remove(terms.getId());
        }
        keep(terms, now);
    }

    private void keep(FraudRule terms, long now) {
        FraudRule last = counting.get(terms.getId());
        boolean isNews = last == null || terms.getVersion() > last.getVersion();
        if (isNews
                && current(terms.getId())
                        .filter(Rule::isOn)
                        .filter(before -> before.remembersFor(terms))
                        .isEmpty()) {
            watchingSince(terms.getId(), now);
        }
        byte[] record = ruleRecords.encode(terms);
        if (isNews || terms.getVersion() == last.getVersion()) {
            counting.put(terms.getId(), terms);
            store.put(key(COUNTS, terms.getId()), record);
        }
        hold(terms);
        store.put(key(RULE, terms.getId(), Long.toString(terms.getVersion())), record);
        forgetOldest(terms.getId());
        index();
    }

    private void forgetOldest(String id) {
        NavigableMap<Long, Rule> versions = rules.get(id);
        long counts = counting.get(id).getVersion();
        while (versions.size() > MOST_VERSIONS) {
            long oldest = versions.firstKey() == counts ? versions.higherKey(counts) : versions.firstKey();
            versions.remove(oldest);
            store.delete(key(RULE, id, Long.toString(oldest)));
        }
    }

    private void watchingSince(String id, long now) {
        since.put(id, now);
        store.put(key(SINCE, id), new ByteWriter().signed(now).take());
    }

    /** Whether it was never told of a rule or a list. */
    public boolean isEmpty() {
        return counting.isEmpty() && lists.isEmpty();
    }

    /** Whether events were shown to the rules of this task, now or before it was last started. */
    public boolean isStarted() {
        return started;
    }

    /** Events are shown to the rules of this task from now on. */
    public void start() {
        started = true;
        store.put(key(STARTED), new byte[] {1});
    }

    /** Since when events were shown to a rule without a break, milliseconds UTC: what was before it cannot know. */
    public long since(String id) {
        return since.getOrDefault(id, Long.MIN_VALUE);
    }

    /** A rule is not there any more: a version without effect follows its last, whose alerts still end where they began. */
    public void removeRule(String id) {
        FraudRule last = counting.get(id);
        if (last == null || !deleted.add(id)) {
            return;
        }
        store.put(key(DELETED, id), new byte[] {1});
        if (last.getMode() != RuleMode.OFF) {
            keep(
                    FraudRule.newBuilder(last)
                            .setMode(RuleMode.OFF)
                            .setVersion(last.getVersion() + 1)
                            .build(),
                    since(id));
        }
    }

    /** The version that counts; empty if there is none, or it cannot be applied. */
    public Optional<Rule> current(String id) {
        return Optional.ofNullable(counting.get(id)).flatMap(terms -> find(id, terms.getVersion()));
    }

    /** A list is this from now on. */
    public void put(FraudList list) {
        lists.put(list);
        store.put(key(LIST, list.getName()), listRecords.encode(list));
    }

    /** A list is not there any more. */
    public void removeList(String name) {
        lists.remove(name);
        store.delete(key(LIST, name));
    }

    private static Bytes key(String... parts) {
        return ByteStores.key(KeyParts.join(parts));
    }

    private void index() {
        byKind.clear();
        for (String id : rules.keySet()) {
            current(id)
                    .filter(Rule::isOn)
                    .ifPresent(rule -> rule.looksAt()
                            .forEach(kind -> byKind.computeIfAbsent(kind, any -> new ArrayList<>())
                                    .add(rule)));
        }
    }

    /** Rules that look at an event of this kind. */
    public List<Rule> on(EventKind kind) {
        return byKind.getOrDefault(kind, List.of());
    }

    /** A version of a rule, if it is known. */
    public Optional<Rule> find(String id, long version) {
        return Optional.ofNullable(rules.get(id)).map(versions -> versions.get(version));
    }

    /** Versions before this one of which a key keeps what this one would have counted too, the latest first. */
    public List<Rule> countedBefore(Rule rule) {
        return rules
                .getOrDefault(rule.id(), Collections.emptyNavigableMap())
                .headMap(rule.version(), false)
                .descendingMap()
                .values()
                .stream()
                .filter(rule::countsAs)
                .toList();
    }

    /** Whether a rule is about an event. */
    public boolean concerns(Rule rule, Event event) {
        return rule.concerns(event, lists);
    }
}
