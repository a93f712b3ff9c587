package io.weir.topology.cli;

import io.weir.core.topic.Topics;
import io.weir.schemas.Verdict;
import io.weir.topology.control.WholeTopic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.serialization.Deserializer;

/** Looks for the verdicts on an event, through all that the topic still has. */
final class VerdictSearch {

    private VerdictSearch() {}

    /**
     * One verdict for each merchant and visitor that have an event of this id.
     *
     * @param rule whose verdicts are looked for; {@code *} for any
     */
    static List<Verdict> of(Connection connection, String event, String rule) {
        String topic = connection.topics().name(Topics.VERDICTS);
        connection.requireTopic(topic);
        Map<List<String>, Verdict> found = new LinkedHashMap<>();
        try (Deserializer<Verdict> verdicts = connection.serdes().deserializer(Verdict.class)) {
            WholeTopic.forEach(connection.clientConfig(Map.of()), topic, message -> {
                Verdict verdict = verdicts.deserialize(topic, message.value());
                boolean ofRule = rule.equals("*") || rule.equals(verdict.getRule());
                if (ofRule && Objects.equals(verdict.getEventId(), event)) {
                    found.put(List.of(verdict.getVisitorId(), String.valueOf(verdict.getMerchantId())), verdict);
                }
            });
        }
        return List.copyOf(found.values());
    }
}
