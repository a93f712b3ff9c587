package io.weir.query.ask;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What processes of a deployment say to each other, as JSON. Processes of two versions may talk while one takes the other's place. */
public final class PeerProtocol {

    /** Where a process is asked. */
    public static final String PATH = "/internal/v1/ask";

    private static final JsonMapper JSON = new JsonMapper();

    private PeerProtocol() {}

    /**
     * A question to another process.
     *
     * @param question its name
     * @param partitions which
     * @param arguments what it is about
     */
    public record Asked(String question, List<Integer> partitions, Arguments arguments) {

        /** Copies the list. */
        public Asked {
            partitions = List.copyOf(partitions);
        }
    }

    static byte[] write(Question question, List<Integer> partitions, Arguments arguments) {
        ObjectNode json = JSON.createObjectNode();
        json.put("question", question.name());
        ArrayNode numbers = json.putArray("partitions");
        partitions.forEach(numbers::add);
        ObjectNode about = json.putObject("arguments");
        arguments.values().forEach(about::put);
        return JSON.writeValueAsBytes(json);
    }

    /**
     * Reads a question.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Asked readQuestion(byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            List<Integer> partitions = new ArrayList<>();
            json.get("partitions").forEach(number -> partitions.add(number.asInt()));
            Map<String, String> about = new HashMap<>();
            json.get("arguments")
                    .properties()
                    .forEach(entry -> about.put(entry.getKey(), entry.getValue().asString()));
            return new Asked(json.get("question").asString(), partitions, new Arguments(about));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not a question", e);
        }
    }

    /** Writes what was answered. */
    public static byte[] write(List<Reply> replies) {
        ArrayNode array = JSON.createArrayNode();
        for (Reply reply : replies) {
            ObjectNode one = array.addObject();
            one.put("partition", reply.partition()).put("stale", reply.stale()).put("lag", reply.lag());
            one.set("data", reply.data());
        }
        return JSON.writeValueAsBytes(array);
    }

    /**
     * Reads what was answered.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static List<Reply> readReplies(byte[] bytes) {
        try {
            List<Reply> replies = new ArrayList<>();
            for (JsonNode one : (ArrayNode) JSON.readTree(bytes)) {
                replies.add(new Reply(
                        one.get("partition").asInt(),
                        one.get("data"),
                        one.get("stale").asBoolean(),
                        one.get("lag").asLong()));
            }
            return replies;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not an answer", e);
        }
    }
}
