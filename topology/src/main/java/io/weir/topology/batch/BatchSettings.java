package io.weir.topology.batch;

import io.weir.topology.embedding.EmbeddedSettings;
import io.weir.topology.runtime.Features;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a batch sets for the features: recorded events are neither too old nor too new, and nothing is forgotten. */
public final class BatchSettings {

    /** The raw topic that the lines go to. */
    public static final String RAW_TOPIC = "collector.batch";

    /** Longer than from 1971 to 2100. */
    private static final String FOREVER = "50000d";

    private BatchSettings() {}

    /** What a batch sets unless the user does. */
    public static Map<String, String> profile() {
        Map<String, String> profile = new LinkedHashMap<>();
        profile.put("weir.intake.time-bounds", "recorded");
        // Not a secret: it makes two runs of the same input equal.
        profile.put("weir.intake.hash-key", "weir-batch-weir-batch");
        profile.put("weir.sessions.lateness", "unlimited");
        profile.put("weir.sessions.retention", FOREVER);
        profile.put("weir.sessions.journeys-retention", FOREVER);
        profile.put("weir.sessions.identities-detail", FOREVER);
        profile.put("weir.sessions.identities-retention", FOREVER);
        profile.put("weir.experiments.lateness", "unlimited");
        profile.put("weir.adspend.lateness", "unlimited");
        profile.put("weir.fraud.lateness", "unlimited");
        // Change no result, and nobody queries a batch.
        profile.put("weir.sessions.pages", "false");
        profile.put("weir.adspend.ledger-kept", "0s");
        profile.put("weir.adspend.statements-kept", FOREVER);
        profile.put("weir.fraud.alerts-kept", FOREVER);
        return profile;
    }

    /**
     * What a batch sets whatever the user does: its own broker, registry and directory, and how much runs at a time.
     *
     * @param bootstrapServers of the embedded broker
     * @param directory where stores are put
     */
    static Map<String, String> forced(BatchRequest request, String bootstrapServers, Path directory) {
        Map<String, String> forced = new LinkedHashMap<>(EmbeddedSettings.of(
                bootstrapServers, directory, RAW_TOPIC, request.format().toString()));
        forced.put("weir.kafka.group-protocol", "classic");
        // Nobody else waits for what a busy machine is slow to do.
        forced.put("weir.kafka.session-timeout", "1m");
        forced.put("weir.kafka.transaction-timeout", "10m");
        String largest = Integer.toString(RawTopic.LARGEST_RECORD);
        forced.put("weir.kafka.client.producer.max.request.size", largest);
        forced.put("weir.kafka.client.producer.buffer.memory", Long.toString(2L * RawTopic.LARGEST_RECORD));
        forced.put("weir.kafka.client.topic.max.message.bytes", largest);
        for (Features.Entry entry : request.entries()) {
            String feature = entry.name();
            forced.put("weir." + feature + ".threads", Integer.toString(request.threads()));
            // Results are read at the end: 250 ms, between the cost of a commit and waiting for the last one.
            forced.put("weir." + feature + ".commit-interval", "250ms");
        }
        return forced;
    }
}
