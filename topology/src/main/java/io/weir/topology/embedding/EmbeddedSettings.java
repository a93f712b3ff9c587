package io.weir.topology.embedding;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** What must be set for features that run on a broker and a registry of this process. */
public final class EmbeddedSettings {

    private EmbeddedSettings() {}

    /**
     * Settings that hold whatever the user sets, since a cluster of theirs is not what is used here.
     *
     * @param bootstrapServers of the embedded broker
     * @param directory where stores are put
     * @param rawTopic the one source
     * @param format of its messages
     */
    public static Map<String, String> of(String bootstrapServers, Path directory, String rawTopic, String format) {
        Map<String, String> forced = new LinkedHashMap<>();
        forced.put("weir.kafka.bootstrap-servers", bootstrapServers);
        forced.put("weir.kafka.client.security.protocol", "PLAINTEXT");
        forced.put("weir.kafka.replication-factor", "1");
        forced.put("weir.kafka.standby-replicas", "0");
        // The name sets registries of one process apart.
        forced.put("weir.registry.url", "mock://weir-" + UUID.randomUUID());
        forced.put("weir.registry.auto-register", "true");
        forced.put("weir.state.directory", directory.resolve("state").toString());
        forced.put("weir.intake.sources[0].topic", rawTopic);
        forced.put("weir.intake.sources[0].format", format);
        return forced;
    }
}
