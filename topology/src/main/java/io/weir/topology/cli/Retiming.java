package io.weir.topology.cli;

import io.weir.topology.files.RecordTime;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Moves the times of a message of Segment's spec, those of the events of a batch too, by a fixed distance. Nothing else of
 * the message changes, not a byte; what is not JSON does not change at all.
 */
final class Retiming {

    private static final Set<String> TIMES = Set.of("timestamp", "originalTimestamp", "sentAt", "receivedAt");
    private static final String BATCH = "batch";
    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final long distance;

    /** @param distance milliseconds that are added to every time */
    Retiming(long distance) {
        this.distance = distance;
    }

    /** The message with its times moved. */
    byte[] move(byte[] message) {
        List<Edit> edits = new ArrayList<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), message)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                readObject(json, edits, true);
            }
        } catch (JacksonException e) {
            // Broken messages are part of what is replayed.
            return message;
        }
        return edits.isEmpty() ? message : apply(message, edits);
    }

    private void readObject(JsonParser json, List<Edit> edits, boolean top) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.VALUE_STRING && TIMES.contains(name)) {
                addEdit(json, edits);
            } else if (top && value == JsonToken.START_ARRAY && name.equals(BATCH)) {
                readBatch(json, edits);
            } else {
                json.skipChildren();
            }
        }
    }

    private void readBatch(JsonParser json, List<Edit> edits) {
        for (JsonToken item = json.nextToken(); item != JsonToken.END_ARRAY; item = json.nextToken()) {
            if (item == JsonToken.START_OBJECT) {
                readObject(json, edits, false);
            } else {
                json.skipChildren();
            }
        }
    }

    private void addEdit(JsonParser json, List<Edit> edits) {
        int start = (int) json.currentTokenLocation().getByteOffset();
        OptionalLong time = RecordTime.parse(json.getString());
        if (time.isPresent()) {
            // Past the closing quote.
            int end = (int) json.currentLocation().getByteOffset();
            String moved = MILLIS.format(Instant.ofEpochMilli(time.getAsLong() + distance));
            edits.add(new Edit(start, end, "\"" + moved + "\""));
        }
    }

    private static byte[] apply(byte[] message, List<Edit> edits) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(message.length + 16);
        int copied = 0;
        for (Edit edit : edits) {
            out.write(message, copied, edit.start - copied);
            out.writeBytes(edit.replacement.getBytes(StandardCharsets.US_ASCII));
            copied = edit.end;
        }
        out.write(message, copied, message.length - copied);
        return out.toByteArray();
    }

    private record Edit(int start, int end, String replacement) {}
}
