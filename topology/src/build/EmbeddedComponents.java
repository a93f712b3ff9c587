import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds to a bill of materials (CycloneDX, JSON) what libraries have taken into themselves, which stands in no pom: the coordinates that
 * are left in a jar, and those of the classes of {@code weir-schema-registry-client}, which is put together from others. Run by the build,
 * from its source, with the libraries on its class path.
 *
 * <pre>EmbeddedComponents.java bom.json folder-of-the-client's-coordinates result.json</pre>
 */
final class EmbeddedComponents {

    private static final String CLIENT = "weir-schema-registry-client";
    private static final String COORDINATES = "pom.properties";

    /** By group, as their poms say it: the classes come without them. */
    private static final Map<String, String> LICENCES = Map.of(
            "io.confluent", "Apache-2.0",
            "com.fasterxml.jackson.core", "Apache-2.0",
            "com.fasterxml.jackson.datatype", "Apache-2.0",
            "com.fasterxml.jackson.dataformat", "Apache-2.0",
            "com.google.guava", "Apache-2.0",
            "com.google.code.gson", "Apache-2.0",
            "com.github.stephenc.jcip", "Apache-2.0");

    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, ObjectNode> known = new HashMap<>();

    private EmbeddedComponents(JsonNode bom) {
        bom.get("components").forEach(component -> known.put(key(component), (ObjectNode) component));
    }

    public static void main(String[] arguments) throws IOException {
        ObjectNode bom = (ObjectNode) JSON.readTree(Path.of(arguments[0]));
        EmbeddedComponents embedded = new EmbeddedComponents(bom);
        embedded.addOfClient(Path.of(arguments[1]));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.endsWith(".jar")) {
                embedded.addOfJar(Path.of(entry));
            }
        }
        JSON.writerWithDefaultPrettyPrinter().writeValue(Path.of(arguments[2]), bom);
    }

    private void addOfClient(Path folder) throws IOException {
        ObjectNode client = known.values().stream()
                .filter(component -> component.get("name").asString().equals(CLIENT))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no component " + CLIENT));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(file -> file.endsWith(COORDINATES)).sorted().toList()) {
                add(client, read(Files.newInputStream(file)));
            }
        }
    }

    private void addOfJar(Path jar) throws IOException {
        List<Properties> inside = new ArrayList<>();
        try (ZipFile file = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : file.stream()
                    .filter(entry -> entry.getName().startsWith("META-INF/maven/")
                            && entry.getName().endsWith(COORDINATES))
                    .toList()) {
                inside.add(read(file.getInputStream(entry)));
            }
        }
        String name = jar.getFileName().toString();
        for (ObjectNode component : List.copyOf(known.values())) {
            String own = component.get("name").asString() + "-" + component.get("version").asString() + ".jar";
            if (own.equals(name) && !component.get("name").asString().equals(CLIENT)) {
                inside.stream().filter(one -> !known.containsKey(key(one))).forEach(one -> add(component, one));
            }
        }
    }

    private static Properties read(InputStream coordinates) throws IOException {
        try (InputStream in = coordinates) {
            Properties properties = new Properties();
            properties.load(in);
            return properties;
        }
    }

    private static void add(ObjectNode parent, Properties coordinates) {
        String group = coordinates.getProperty("groupId");
        String name = coordinates.getProperty("artifactId");
        String version = coordinates.getProperty("version");
        String licence = LICENCES.get(group);
        if (licence == null) {
            throw new IllegalStateException("the licence of " + group + ":" + name + " is not known: add it here");
        }
        String url = "pkg:maven/" + group + "/" + name + "@" + version + "?type=jar";
        ObjectNode component = JSON.createObjectNode()
                .put("type", "library")
                .put("bom-ref", parent.get("name").asString() + "/" + url)
                .put("group", group)
                .put("name", name)
                .put("version", version)
                .put("description", "Its classes are inside " + parent.get("name").asString() + ".")
                .put("scope", "required");
        component.putArray("licenses").addObject().putObject("license").put("id", licence);
        component.put("purl", url);
        ArrayNode parts = parent.has("components") ? (ArrayNode) parent.get("components") : parent.putArray("components");
        parts.add(component);
    }

    private static String key(JsonNode component) {
        return component.path("group").asString("") + ":" + component.get("name").asString();
    }

    private static String key(Properties coordinates) {
        return coordinates.getProperty("groupId") + ":" + coordinates.getProperty("artifactId");
    }
}
