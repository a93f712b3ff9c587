package io.weir.fraud;

import io.weir.core.topic.Topics;
import io.weir.schemas.FraudAlert;
import io.weir.schemas.RuleMode;
import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.TopicNameExtractor;

/** The topic of an alert: that of its route; of a rule without effect, the one where such are shown. */
record AlertTopic(Topics topics) implements TopicNameExtractor<String, FraudAlert> {

    @Override
    public String extract(String key, FraudAlert alert, RecordContext record) {
        return topics.name(alert.getMode() == RuleMode.SHADOW ? Topics.SHADOW_ALERTS : topics.alerts(alert.getRoute()));
    }

    /** As descriptions of the topology show it. */
    @Override
    public String toString() {
        return "fraud.alerts.<route>";
    }
}
