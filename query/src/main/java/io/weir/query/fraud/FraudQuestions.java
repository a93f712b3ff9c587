package io.weir.query.fraud;

import io.weir.core.json.AvroJson;
import io.weir.core.serde.KeptRecords;
import io.weir.fraud.alert.AlertReads;
import io.weir.fraud.alert.AlertStore;
import io.weir.fraud.rule.RuleReads;
import io.weir.query.ask.Arguments;
import io.weir.query.ask.Question;
import io.weir.query.state.Partition;
import io.weir.schemas.FraudAlert;
import io.weir.schemas.FraudRule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * What the partitions of fraud answer.
 *
 * @param ruleRecords as rules are kept
 * @param alertRecords as alerts are kept
 */
public record FraudQuestions(KeptRecords<FraudRule> ruleRecords, KeptRecords<FraudAlert> alertRecords) {

    private static final JsonMapper JSON = new JsonMapper();

    List<Question> all() {
        return List.of(rules(), alerts());
    }

    /** The rules that count, by id. */
    Question rules() {
        return new Question(
                "fraud-rules",
                "fraud",
                RuleReads.RULES,
                (partition, about) ->
                        array(new RuleReads(partition.keyValues(RuleReads.RULES), ruleRecords).current()));
    }

    /**
     * Alerts, newest first. Arguments: from, to, most; before_at and before_id where a list goes on; route, severity, mode and key of those
     * that are wanted.
     */
    Question alerts() {
        return new Question("fraud-alerts", "fraud", AlertStore.NAME, this::alerts);
    }

    private JsonNode alerts(Partition partition, Arguments about) {
        AlertReads.Before before = about.find("before_id")
                .map(id -> new AlertReads.Before(Instant.ofEpochMilli(about.number("before_at")), id))
                .orElse(null);
        return array(new AlertReads(partition.windows(AlertStore.NAME), alertRecords)
                .newest(
                        Instant.ofEpochMilli(about.number("from")),
                        Instant.ofEpochMilli(about.number("to")),
                        before,
                        wanted(about),
                        (int) about.number("most")));
    }

    private static Predicate<FraudAlert> wanted(Arguments about) {
        return is(about.find("route"), FraudAlert::getRoute)
                .and(is(about.find("severity"), alert -> alert.getSeverity().name()))
                .and(is(about.find("mode"), alert -> alert.getMode().name()))
                .and(is(about.find("key"), FraudAlert::getKey));
    }

    private static Predicate<FraudAlert> is(Optional<String> wanted, Function<FraudAlert, String> property) {
        return alert -> wanted.isEmpty() || wanted.get().equals(property.apply(alert));
    }

    private static ArrayNode array(List<? extends SpecificRecord> records) {
        ArrayNode array = JSON.createArrayNode();
        records.forEach(record -> array.add(JSON.readTree(AvroJson.write(record))));
        return array;
    }
}
