package io.weir.fraud;

import io.weir.core.feature.ControlRecords.Entry;
import io.weir.core.feature.FeatureContext;
import io.weir.core.state.ByteStores;
import io.weir.core.state.StoreNote;
import io.weir.core.topic.Topics;
import io.weir.fraud.hop.FraudInput.Listed;
import io.weir.fraud.hop.FraudInput.Ruled;
import io.weir.fraud.hop.FraudInputCodec;
import io.weir.fraud.rule.Rule;
import io.weir.fraud.rule.RuleBook;
import io.weir.fraud.rule.RuleException;
import io.weir.schemas.EventKind;
import io.weir.schemas.FraudRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rules that each task knows, and how they are written on the way to it. */
record FraudStores(FeatureContext context, Set<EventKind> kinds) {

    private static final Logger LOG = LoggerFactory.getLogger(FraudStores.class);

    FraudInputCodec codec() {
        return new FraudInputCodec(context.kept(Topics.RULES), context.kept(Topics.LISTS));
    }

    static String name(String stage) {
        return "fraud-" + stage + "-rules";
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(String stage) {
        return ByteStores.persistent(name(stage));
    }

    static StoreNote note(String stage) {
        return new StoreNote(
                name(stage),
                "rule|id|version, counts|id, or list|name (UTF-8)",
                "FraudRule or FraudList in wire format",
                "the last fifty versions of a rule",
                "a few hundred bytes a rule",
                "no: read when a task starts");
    }

    /** What a task knows; one that starts from nothing, what is written by now. */
    RuleBook rules(ProcessorContext<?, ?> task, String stage) {
        RuleBook rules = new RuleBook(
                task.getStateStore(name(stage)), context.kept(Topics.RULES), context.kept(Topics.LISTS), kinds);
        if (rules.isEmpty() && !rules.isStarted()) {
            List<Entry<FraudRule>> written = context.controls().of(Topics.RULES);
            // A deletion has no version: when it comes by the internal topic too, it would end what was written after
            // it.
            Set<String> deleted = written.stream()
                    .filter(entry -> entry.value() == null)
                    .map(Entry::key)
                    .collect(Collectors.toSet());
            written.stream()
                    .filter(entry -> !deleted.contains(entry.key()) && isRule(entry.key(), entry.value()))
                    .forEach(entry -> apply(new Ruled(entry.key(), entry.value()), rules, Long.MIN_VALUE));
            context.controls().of(Topics.LISTS).forEach(entry -> apply(new Listed(entry.key(), entry.value()), rules));
        }
        return rules;
    }

    /** What is none is an alert where the topic is read. */
    private boolean isRule(String key, FraudRule rule) {
        try {
            return Rule.of(rule, kinds).id().equals(key);
        } catch (RuleException e) {
            return false;
        }
    }

    void apply(Ruled ruled, RuleBook rules, long now) {
        if (ruled.rule() == null) {
            rules.removeRule(ruled.id());
        } else {
            rules.put(ruled.rule(), now);
        }
    }

    void apply(Listed listed, RuleBook rules) {
        if (listed.list() == null) {
            rules.removeList(listed.name());
        } else if (listed.list().getName().equals(listed.name())) {
            rules.put(listed.list());
        } else {
            // Under a key of another name nobody could delete it.
            LOG.warn(
                    "A list is refused: expected its record's key {} as name, found {}",
                    listed.name(),
                    listed.list().getName());
        }
    }
}
