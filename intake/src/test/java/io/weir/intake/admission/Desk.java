package io.weir.intake.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.json.AvroJson;
import io.weir.core.serde.AvroSerdes;
import io.weir.core.serde.SchemaRegistry;
import io.weir.core.settings.Settings;
import io.weir.schemas.CollectedEvent;
import io.weir.schemas.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A gate with all three formats, at {@link #NOW}, as tests want it. */
public final class Desk implements AutoCloseable {

    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    /** Timestamp of every raw record: a second before now. */
    public static final Instant APPENDED = NOW.minusSeconds(1);

    public static final String KEY = "a key that only tests know";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final AvroSerdes serdes = new AvroSerdes(new SchemaRegistry("mock://admission", Map.of(), true));
    private final Gates gates;
    private final Gate gate;

    /** @param settings key and value, in turn */
    public Desk(String... settings) {
        Map<String, String> all = new HashMap<>(Map.of("weir.intake.hash-key", KEY));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        gates = new Gates(
                AdmissionSettings.from(Settings.of(all)),
                serdes,
                Map.of(
                        "segment", SourceFormat.SEGMENT_JSON,
                        "avro", SourceFormat.AVRO,
                        "weir", SourceFormat.WEIR_JSON));
        gate = gates.open();
    }

    /** Offers a message of Segment's spec. */
    public List<Admission> segment(String json) {
        return admit("segment", json.getBytes(StandardCharsets.UTF_8));
    }

    /** Offers an event of a collector that writes Avro. */
    public List<Admission> avro(CollectedEvent event) {
        return admit("avro", serdes.serializer(CollectedEvent.class).serialize("avro", event));
    }

    /** Offers an event as Weir prints it. */
    public List<Admission> weir(String json) {
        return admit("weir", json.getBytes(StandardCharsets.UTF_8));
    }

    public List<Admission> admit(String topic, byte[] value) {
        List<Admission> admissions = new ArrayList<>();
        gate.admit(
                new RawMessage(topic, 3, 42, APPENDED.toEpochMilli(), new RecordHeaders(), null, value),
                NOW.toEpochMilli(),
                admissions::add);
        return admissions;
    }

    public static Admitted onlyAdmitted(List<Admission> admissions) {
        assertThat(admissions).singleElement().isInstanceOf(Admitted.class);
        return (Admitted) admissions.get(0);
    }

    public static Refused onlyRefused(List<Admission> admissions) {
        assertThat(admissions).singleElement().isInstanceOf(Refused.class);
        return (Refused) admissions.get(0);
    }

    /** The event without what is null, as JSON. */
    public static JsonNode json(Event event) {
        return withoutNulls(JSON.readTree(AvroJson.write(event)));
    }

    public static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    private static JsonNode withoutNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.removeIf(JsonNode::isNull);
        }
        node.forEach(Desk::withoutNulls);
        return node;
    }

    @Override
    public void close() {
        gate.close();
    }
}
