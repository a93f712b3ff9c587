package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the bill of materials says of weir.jar, against weir.jar. */
class BillOfMaterialsIT {

    private static final Path TARGET = Path.of("../topology/target");
    private static final Path BILL = TARGET.resolve("weir.cdx.json");

    /** One of these is enough: where a library offers a choice, this is what is chosen. */
    private static final Set<String> ALLOWED = Set.of(
            "Apache-2.0",
            "MIT",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "EPL-2.0",
            "CC0-1.0",
            // BSD-3-Clause under another name, of RE2/J.
            "Go License");

    private JsonNode bill;

    @BeforeEach
    void read() {
        assumeThat(BILL)
                .as("a bill of materials, which is not made with -Dweir.sbom=off")
                .exists();
        bill = new JsonMapper().readTree(BILL);
    }

    private Stream<JsonNode> components() {
        return bill.get("components")
                .valueStream()
                .flatMap(component -> Stream.concat(
                        Stream.of(component), component.path("components").valueStream()));
    }

    @Test
    void everyLibraryThatLeftItsNameInTheJarIsListed() throws IOException {
        Set<String> listed = new TreeSet<>();
        components()
                .forEach(component -> listed.add(component.path("group").asString("") + ":"
                        + component.get("name").asString() + ":"
                        + component.get("version").asString()));

        Set<String> inside = new TreeSet<>();
        try (ZipFile jar = new ZipFile(TARGET.resolve("weir.jar").toFile())) {
            for (ZipEntry entry : jar.stream()
                    .filter(entry -> entry.getName().matches("META-INF/maven/.*/pom[.]properties"))
                    .toList()) {
                try (InputStream in = jar.getInputStream(entry)) {
                    Properties pom = new Properties();
                    pom.load(in);
                    inside.add(String.join(
                            ":",
                            pom.getProperty("groupId"),
                            pom.getProperty("artifactId"),
                            pom.getProperty("version")));
                }
            }
        }
        // It is what the bill is of, not a part of it.
        inside.removeIf(name -> name.startsWith("io.weir:weir-topology:"));
        assertThat(inside).hasSizeGreaterThan(100);
        assertThat(listed).containsAll(inside);
    }

    @Test
    void whatTheRepackagedClientIsMadeOfIsListedWithVersions() {
        Map<String, String> parts = new TreeMap<>();
        bill.get("components")
                .valueStream()
                .filter(component -> component.get("name").asString().equals("weir-schema-registry-client"))
                .flatMap(client -> client.get("components").valueStream())
                .forEach(part -> parts.put(
                        part.get("name").asString(), part.get("version").asString()));

        assertThat(parts)
                .containsKeys("jackson-databind", "jackson-core", "guava", "failureaccess")
                .containsEntry("kafka-avro-serializer", "7.9.5")
                .containsEntry("kafka-schema-registry-client", "7.9.5");
        assertThat(parts.values()).allSatisfy(version -> assertThat(version).matches("\\d+[.].*"));
    }

    @Test
    void everyLibraryHasALicenceThatIsAllowed() {
        assertThat(components()
                        .filter(component ->
                                !component.path("group").asString("").equals("io.weir")))
                .hasSizeGreaterThan(100)
                .allSatisfy(component ->
                        assertThat(licences(component)).as("%s", component).containsAnyElementsOf(ALLOWED));
    }

    private static List<String> licences(JsonNode component) {
        return component
                .path("licenses")
                .valueStream()
                .map(one -> one.has("license")
                        ? one.get("license")
                                .path("id")
                                .asString(one.get("license").path("name").asString(""))
                        : one.path("expression").asString(""))
                .toList();
    }
}
