package io.weir.benchmarks;

import io.weir.core.serde.AvroSerdes;
import io.weir.core.topic.Topic;
import io.weir.core.topic.Topics;
import io.weir.schemas.EventKind;
import io.weir.schemas.ExperimentDefinition;
import io.weir.schemas.FraudRule;
import io.weir.schemas.MerchantBudget;
import io.weir.topology.control.ControlTopic;
import io.weir.topology.rules.RuleFile;
import io.weir.traffic.Merchant;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/** Writes what people would: budgets, definitions of experiments, and the fraud rules that ship. */
final class Terms {

    /** Since when budgets hold: the first events are younger. */
    private static final Duration BEFORE = Duration.ofDays(2);

    private final String address;
    private final Topics topics;
    private final AvroSerdes serdes;
    private final Instant from = Instant.now().minus(BEFORE);

    Terms(String address, Topics topics, AvroSerdes serdes) {
        this.address = address;
        this.topics = topics;
        this.serdes = serdes;
    }

    /** Since when the budgets of merchants hold. */
    Instant from() {
        return from;
    }

    void merchants(Collection<Merchant> merchants) {
        budgets(merchants.stream()
                .map(merchant -> merchant.budget(merchant.timeZone(), from))
                .toList());
    }

    void budgets(List<MerchantBudget> budgets) {
        write(Topics.BUDGETS, budgets, MerchantBudget::getMerchantId, from.toEpochMilli());
    }

    void experiments(List<ExperimentDefinition> definitions) {
        write(Topics.DEFINITIONS, definitions, ExperimentDefinition::getId, System.currentTimeMillis());
    }

    void shippedRules(Set<EventKind> kinds) {
        write(Topics.RULES, RuleFile.shipped(1, kinds), FraudRule::getId, System.currentTimeMillis());
    }

    private <V extends SpecificRecord> void write(
            Topic<V> topic, List<V> values, Function<V, String> key, long recordTime) {
        new ControlTopic<>(topic, topics, serdes, Map.of("bootstrap.servers", address)).write(values, key, recordTime);
    }
}
