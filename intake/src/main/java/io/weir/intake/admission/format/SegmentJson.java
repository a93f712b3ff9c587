package io.weir.intake.admission.format;

import io.weir.intake.admission.RawMessage;
import io.weir.schemas.DeadLetterReason;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Segment's spec as JSON: page, screen, track, identify, and {@code batch} arrays of them. What a batch says once
 * ({@code context}, {@code sentAt}, {@code receivedAt}) is merged into each of its items, in which the item wins; each
 * item then stands for itself, also as a dead letter.
 */
public final class SegmentJson implements CollectorFormat {

    /** How many messages of full size the items of one batch may come to, once each has what they share. */
    private static final int MOST_EXPANSION = 16;

    private final int maxMessageBytes;

    /** @param maxMessageBytes largest message, bytes */
    public SegmentJson(int maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
    }

    @Override
    public void read(RawMessage raw, Consumer<Draft> out) {
        Draft whole = Draft.ofWhole(raw);
        ObjectNode message = JsonMessages.readObject(raw.value(), whole.findings());
        if (message == null) {
            out.accept(whole);
            return;
        }
        JsonNode batch = message.get("batch");
        if (batch == null || batch.isNull()) {
            new SegmentMessage(message, whole, raw).map();
            out.accept(whole);
        } else if (faultOf(batch, message, whole)) {
            out.accept(whole);
        } else {
            unpack(raw, message, (ArrayNode) batch, out);
        }
    }

    private boolean faultOf(JsonNode batch, ObjectNode message, Draft whole) {
        if (!batch.isArray()) {
            whole.findings().add(DeadLetterReason.WRONG_TYPE, "/batch", "an array", Fields.typeOf(batch));
            return true;
        }
        if (batch.isEmpty()) {
            whole.findings().add(DeadLetterReason.MISSING_FIELD, "/batch/0", "at least one message", "nothing");
            return true;
        }
        JsonNode context = message.get("context");
        if (context == null || context.isNull()) {
            return false;
        }
        if (!context.isObject()) {
            whole.findings().add(DeadLetterReason.WRONG_TYPE, "/context", "an object", Fields.typeOf(context));
            return true;
        }
        long expanded = (long) JsonMessages.write(context).length * batch.size();
        if (expanded > (long) MOST_EXPANSION * maxMessageBytes) {
            whole.findings()
                    .add(
                            DeadLetterReason.TOO_LARGE,
                            "/context",
                            "a context that, in each message of the batch, comes to " + MOST_EXPANSION
                                    + " times the largest message at most",
                            expanded + " bytes");
            return true;
        }
        return false;
    }

    private static void unpack(RawMessage raw, ObjectNode message, ArrayNode batch, Consumer<Draft> out) {
        for (int i = 0; i < batch.size(); i++) {
            JsonNode item = batch.get(i);
            Draft draft = new Draft(raw, "/batch/" + i, () -> JsonMessages.write(item));
            if (item instanceof ObjectNode object) {
                merge(message, object);
                new SegmentMessage(object, draft, raw).map();
            } else {
                draft.findings().add(DeadLetterReason.WRONG_TYPE, "", "an object", Fields.typeOf(item));
            }
            out.accept(draft);
        }
    }

    private static void merge(ObjectNode batch, ObjectNode item) {
        for (String key : new String[] {"sentAt", "receivedAt"}) {
            JsonNode shared = batch.get(key);
            if (shared != null && isAbsent(item, key)) {
                item.set(key, shared);
            }
        }
        if (batch.get("context") instanceof ObjectNode shared) {
            if (isAbsent(item, "context")) {
                item.set("context", shared);
            } else if (item.get("context") instanceof ObjectNode own) {
                item.set("context", merged(shared, own));
            }
        }
    }

    private static ObjectNode merged(ObjectNode shared, ObjectNode own) {
        ObjectNode merged = shared.objectNode();
        merged.setAll(shared);
        for (Map.Entry<String, JsonNode> entry : own.properties()) {
            JsonNode below = merged.get(entry.getKey());
            boolean nested = below instanceof ObjectNode && entry.getValue() instanceof ObjectNode;
            merged.set(
                    entry.getKey(),
                    nested ? merged((ObjectNode) below, (ObjectNode) entry.getValue()) : entry.getValue());
        }
        return merged;
    }

    private static boolean isAbsent(ObjectNode object, String key) {
        JsonNode value = object.get(key);
        return value == null || value.isNull();
    }
}
