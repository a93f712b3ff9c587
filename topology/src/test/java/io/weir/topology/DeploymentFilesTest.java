package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.settings.Settings;
import io.weir.topology.runtime.Features;
import io.weir.topology.runtime.RuntimeSettings;
import io.weir.topology.tokens.TokenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** docker-compose.yml, the Dockerfile and what they mount agree with each other and with the settings that exist. */
class DeploymentFilesTest {

    private static final Path ROOT = Path.of("..");

    private final JsonNode compose = yaml("docker-compose.yml");

    @Test
    void theMountedSettingsAreValid() {
        Settings settings = Settings.load(
                Optional.of(ROOT.resolve("deploy/weir.properties")),
                Map.of(),
                Map.of("WEIR_INTAKE_HASH_KEY", "a key of more than sixteen letters"),
                Map.of());

        settings.check(Features.settings());

        assertThat(RuntimeSettings.of(settings).kafka().bootstrapServers()).isEqualTo("kafka:9092");
    }

    @Test
    void everyVariableForWeirIsASettingThatExists() {
        Set<String> known = Features.settings().stream()
                .map(setting -> setting.key().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"))
                .collect(Collectors.toSet());

        assertThat(variables()).isNotEmpty().isSubsetOf(known);
    }

    @Test
    void everyFileThatIsMountedIsThereAndEveryVolumeIsDeclared() {
        for (JsonNode service : compose.get("services")) {
            for (JsonNode volume : service.path("volumes")) {
                String source = volume.asString().split(":", -1)[0];
                if (source.startsWith("./")) {
                    assertThat(ROOT.resolve(source)).exists();
                } else {
                    assertThat(compose.get("volumes").has(source)).as(source).isTrue();
                }
            }
        }
    }

    @Test
    void whatAServiceDependsOnIsAService() {
        Set<String> services = Set.copyOf(compose.get("services").propertyNames());

        for (JsonNode service : compose.get("services")) {
            JsonNode needs = service.path("depends_on");
            List<String> names = needs.isObject()
                    ? List.copyOf(needs.propertyNames())
                    : StreamSupport.stream(needs.spliterator(), false)
                            .map(JsonNode::asString)
                            .toList();
            assertThat(services).containsAll(names);
        }
    }

    @Test
    void everyPortIsPublishedOnLoopbackAloneAndOnce() {
        List<String> ports = StreamSupport.stream(compose.get("services").spliterator(), false)
                .flatMap(service -> StreamSupport.stream(service.path("ports").spliterator(), false))
                .map(JsonNode::asString)
                .toList();

        assertThat(ports).isNotEmpty().allMatch(port -> port.startsWith("127.0.0.1:"));
        assertThat(ports.stream().map(port -> port.split(":", -1)[1])).doesNotHaveDuplicates();
    }

    @Test
    void prometheusAsksThePortThatWeirListensOn() throws IOException {
        JsonNode targets = yaml("deploy/prometheus.yml").at("/scrape_configs/0/static_configs/0/targets");
        String settings = Files.readString(ROOT.resolve("deploy/weir.properties"));

        assertThat(settings).contains("weir.http.port=8080");
        for (JsonNode target : targets) {
            String[] address = target.asString().split(":", -1);
            assertThat(compose.get("services").has(address[0])).as(address[0]).isTrue();
            assertThat(address[1]).isEqualTo("8080");
        }
        assertThat(Files.readString(ROOT.resolve("Dockerfile"))).contains("EXPOSE 8080");
    }

    @Test
    void theInstancesFindEachOtherByTheNamesOfTheirServices() {
        for (String instance : List.of("weir-1", "weir-2")) {
            JsonNode environment = compose.at("/services/" + instance + "/environment");
            assertThat(environment.get("WEIR_HTTP_ADVERTISED").asString()).isEqualTo(instance + ":8080");
        }
        assertThat(compose.at("/x-weir/environment").has("WEIR_HTTP_PEER_TOKEN"))
                .isTrue();
    }

    @Test
    void theMountedTokensAreValid() throws IOException {
        assertThat(new TokenFile(ROOT.resolve("deploy/tokens.yaml")).tokens()).hasSize(1);
        assertThat(Files.readString(ROOT.resolve("deploy/weir.properties")))
                .contains("weir.http.tokens=/etc/weir/tokens.yaml");
    }

    @Test
    void theGracePeriodIsLongerThanTheShutdownTimeout() {
        Settings settings = Settings.of(Map.of());

        for (String instance : List.of("weir-1", "weir-2")) {
            String grace =
                    compose.at("/services/" + instance + "/stop_grace_period").asString();
            assertThat(Integer.parseInt(grace.replace("s", "")))
                    .isGreaterThan(Math.toIntExact(
                            RuntimeSettings.of(settings).shutdownTimeout().toSeconds()));
        }
    }

    /** Whoever is woken by one looks there. */
    @Test
    void everyAlertIsExplained() throws IOException {
        String guide = Files.readString(ROOT.resolve("docs/operations/README.md"));

        assertThat(yaml("deploy/alerts.yml").at("/groups/0/rules"))
                .isNotEmpty()
                .allSatisfy(rule ->
                        assertThat(guide).contains("| `" + rule.get("alert").asString() + "` |"));
    }

    private Set<String> variables() {
        Set<String> names = new TreeSet<>();
        for (JsonNode service : compose.get("services")) {
            names.addAll(service.path("environment").propertyNames());
        }
        try {
            Matcher inDockerfile =
                    Pattern.compile("\\b(WEIR_[A-Z_]+)=").matcher(Files.readString(ROOT.resolve("Dockerfile")));
            while (inDockerfile.find()) {
                names.add(inDockerfile.group(1));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        names.removeIf(name -> !name.startsWith("WEIR_"));
        return names;
    }

    private static JsonNode yaml(String file) {
        try {
            Object tree = new Yaml().load(Files.readString(ROOT.resolve(file)));
            return JsonMapper.shared().valueToTree(tree);
        } catch (IOException e) {
            throw new AssertionError(file, e);
        }
    }
}
