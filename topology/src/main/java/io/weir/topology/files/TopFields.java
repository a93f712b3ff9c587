package io.weir.topology.files;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads a few strings at the top of a JSON message without building the whole; what is not JSON has none. */
public final class TopFields {

    private static final JsonFactory JSON = new JsonFactory();

    private final List<String> names;

    /** @param names names of the fields */
    public TopFields(String... names) {
        this.names = List.of(names);
    }

    /** The fields' values in the order of their names; null for one that is absent or no string. */
    public String[] of(byte[] message) {
        String[] values = new String[names.size()];
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), message)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                read(json, values);
            }
        } catch (JacksonException e) {
            // What could be read before the message broke counts; intake says what is wrong with it.
            return values;
        }
        return values;
    }

    private void read(JsonParser json, String[] values) {
        int missing = values.length;
        while (missing > 0 && json.nextToken() == JsonToken.PROPERTY_NAME) {
            int field = names.indexOf(json.currentName());
            JsonToken value = json.nextToken();
            if (field >= 0 && value == JsonToken.VALUE_STRING) {
                values[field] = json.getString();
                missing--;
            } else {
                json.skipChildren();
            }
        }
    }
}
