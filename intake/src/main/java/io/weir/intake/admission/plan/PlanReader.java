package io.weir.intake.admission.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads a tracking plan and lists everything that is wrong with it, each in one sentence that begins with the file. */
final class PlanReader {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String SCHEMA_SUFFIX = ".schema.json";
    private static final String COMMON = "common/";

    private final PlanFolder folder;
    private final SchemaCompiler compiler;
    private final List<String> problems = new ArrayList<>();
    private final TreeSet<String> used = new TreeSet<>();

    PlanReader(PlanFolder folder) {
        this.folder = folder;
        this.compiler = new SchemaCompiler(folder);
    }

    /** What is wrong, in the order of the plan. */
    List<String> problems() {
        return problems;
    }

    /** The plan, as far as it could be read. */
    TrackingPlan read() {
        Map<String, EventPlan> events = new LinkedHashMap<>();
        Optional<JsonNode> index = json(TrackingPlan.INDEX);
        if (index.isEmpty()) {
            return TrackingPlan.none();
        }
        String name = text(index.get(), "name", TrackingPlan.INDEX).orElse("");
        Unplanned unplanned = choice(Unplanned.class, index.get(), "unplanned").orElse(Unplanned.ALLOW);
        JsonNode listed = index.get().path("events");
        if (!listed.isArray()) {
            problems.add(TrackingPlan.INDEX + ": expected an array \"events\"");
        }
        for (JsonNode entry : listed) {
            event(entry).ifPresent(event -> {
                if (events.put(event.name().toLowerCase(Locale.ROOT), event) != null) {
                    problems.add(TrackingPlan.INDEX + ": the event \"" + event.name() + "\" is there twice");
                }
            });
        }
        folder.files().stream()
                .filter(file -> file.endsWith(SCHEMA_SUFFIX) && !file.startsWith(COMMON) && !used.contains(file))
                .forEach(file -> problems.add(file + ": no event of " + TrackingPlan.INDEX + " has this version"));
        return new TrackingPlan(name, unplanned, events);
    }

    /** A file of the folder as JSON; empty, with a problem, if it is not there or not JSON. */
    Optional<JsonNode> json(String file) {
        Optional<byte[]> bytes = folder.read(file);
        if (bytes.isEmpty()) {
            problems.add(file + ": there is no such file, or it cannot be read");
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(bytes.get()));
        } catch (JacksonException e) {
            problems.add(
                    file + ": not well-formed JSON, line " + e.getLocation().getLineNr());
            return Optional.empty();
        }
    }

    /** The folder of an event: its name in small letters, a hyphen for everything else than letters and digits. */
    static String slug(String eventName) {
        return eventName
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", "-")
                .replaceAll("^-|-$", "");
    }

    private Optional<EventPlan> event(JsonNode entry) {
        Optional<String> name = text(entry, "name", TrackingPlan.INDEX);
        Optional<PlanMode> mode = choice(PlanMode.class, entry, "mode");
        if (name.isEmpty() || mode.isEmpty()) {
            return Optional.empty();
        }
        Map<String, EventContract> versions = new LinkedHashMap<>();
        EventContract current = null;
        for (JsonNode version : entry.path("versions")) {
            Optional<EventContract> contract = contract(name.get(), version.asString(""));
            if (contract.isPresent()) {
                current = contract.get();
                versions.put(current.version(), current);
            }
        }
        if (entry.path("versions").isEmpty()) {
            problems.add(TrackingPlan.INDEX + ": the event \"" + name.get() + "\" has no \"versions\"");
        }
        return current == null
                ? Optional.empty()
                : Optional.of(new EventPlan(name.get(), mode.get(), Map.copyOf(versions), current));
    }

    private Optional<EventContract> contract(String event, String version) {
        String file = slug(event) + "/" + version + SCHEMA_SUFFIX;
        used.add(file);
        Optional<JsonNode> json = json(file);
        if (json.isEmpty()) {
            return Optional.empty();
        }
        if (!(json.get() instanceof ObjectNode) && !json.get().isBoolean()) {
            problems.add(file + ": expected a JSON Schema, found no object");
            return Optional.empty();
        }
        try {
            return Optional.of(new EventContract(file, version, compiler.compile(file, json.get())));
        } catch (WrongSchemaException e) {
            problems.add(file + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<String> text(JsonNode parent, String key, String file) {
        String value = parent.path(key).asString("");
        if (value.isBlank()) {
            problems.add(file + ": expected a \"" + key + "\" that is a text");
            return Optional.empty();
        }
        return Optional.of(value);
    }

    private <E extends Enum<E>> Optional<E> choice(Class<E> type, JsonNode parent, String key) {
        String written = parent.path(key).asString("");
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(written)) {
                return Optional.of(constant);
            }
        }
        List<String> all = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            all.add(constant.name().toLowerCase(Locale.ROOT));
        }
        problems.add(TrackingPlan.INDEX + ": expected \"" + key + "\" to be one of " + String.join(", ", all)
                + ", found \"" + written + "\"");
        return Optional.empty();
    }
}
