package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.settings.Settings;
import io.weir.topology.cli.CommandLines;
import io.weir.topology.http.QuerySettings;
import io.weir.topology.runtime.FeatureSettings;
import io.weir.topology.runtime.Features;
import io.weir.topology.runtime.RuntimeSettings;
import io.weir.topology.runtime.StateSettings;
import io.weir.topology.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The manifests agree with each other, with the image, and with the settings and commands that exist. */
class KubernetesFilesTest {

    private static final Path FOLDER = Path.of("../deploy/kubernetes");
    private static final long MIB = 1 << 20;

    private final Map<String, JsonNode> all = load();
    private final JsonNode instances = all.get("StatefulSet weir");
    private final JsonNode pod = instances.at("/spec/template/spec");
    private final JsonNode container = pod.at("/containers/0");
    private final Settings settings = settings();

    @Test
    void everyFileIsApplied() throws IOException {
        JsonNode kustomization = documents(FOLDER.resolve("kustomization.yaml")).get(0);

        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> !name.equals("kustomization.yaml")))
                    .containsExactlyInAnyOrderElementsOf(texts(kustomization.get("resources")));
        }
        assertThat(all.keySet())
                .containsExactlyInAnyOrder(
                        "ConfigMap weir-settings",
                        "Job weir-preparation",
                        "Service weir",
                        "Service weir-instances",
                        "StatefulSet weir",
                        "PodDisruptionBudget weir");
    }

    @Test
    void theSettingsAreValid() {
        settings.check(Features.settings());

        assertThat(RuntimeSettings.of(settings).queries().advertised()).isPresent();
        assertThat(Features.settings())
                .allSatisfy(setting -> assertThat(settings.find(setting)).isNotNull());
    }

    @Test
    void everyVariableIsASettingThatExists() {
        Set<String> known = Features.settings().stream()
                .map(setting -> setting.key().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"))
                .collect(Collectors.toSet());

        for (JsonNode one : containers()) {
            assertThat(one.get("env")
                            .valueStream()
                            .map(variable -> variable.get("name").asString()))
                    .filteredOn(name -> !name.equals("POD_NAME"))
                    .isNotEmpty()
                    .isSubsetOf(known);
        }
    }

    @Test
    void everyCommandExists() {
        for (JsonNode one : containers()) {
            List<String> arguments = texts(one.get("args"));
            List<String> help = new ArrayList<>(arguments.subList(0, arguments.indexOf("--config")));
            help.add("--help");
            StringWriter out = new StringWriter();
            Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(new StringWriter()), false);

            assertThat(CommandLines.execute(terminal, help.toArray(String[]::new)))
                    .isZero();
            assertThat(out.toString()).contains("--config");
        }
    }

    @Test
    void whatIsMountedIsThereWhereItIsLookedFor() {
        for (JsonNode template : List.of(pod, all.get("Job weir-preparation").at("/spec/template/spec"))) {
            Set<String> volumes = new HashSet<>(names(template.get("volumes")));
            if (template.equals(pod)) {
                instances
                        .at("/spec/volumeClaimTemplates")
                        .forEach(claim -> volumes.add(claim.at("/metadata/name").asString()));
            }
            for (JsonNode volume : template.get("volumes")) {
                if (volume.has("configMap")) {
                    assertThat(all)
                            .containsKey(
                                    "ConfigMap " + volume.at("/configMap/name").asString());
                }
            }
            for (JsonNode one : containersOf(template)) {
                assertThat(volumes).containsAll(names(one.get("volumeMounts")));
                List<String> arguments = texts(one.get("args"));
                String config = arguments.get(arguments.indexOf("--config") + 1);
                assertThat(mountOf(one, config)).isEqualTo("settings");
            }
        }
        assertThat(mountOf(container, settings.get(QuerySettings.TOKENS))).isEqualTo("tokens");
        assertThat(mountOf(container, settings.get(StateSettings.DIRECTORY).toString()))
                .isEqualTo("state");
        assertThat(all.get("ConfigMap weir-settings")
                        .at("/data/weir.properties")
                        .isString())
                .isTrue();
    }

    /** The mount under which a path lies: the longest. */
    private static String mountOf(JsonNode container, String path) {
        return container
                .get("volumeMounts")
                .valueStream()
                .filter(mount -> path.startsWith(mount.get("mountPath").asString()))
                .max(Comparator.comparingInt(
                        mount -> mount.get("mountPath").asString().length()))
                .orElseThrow()
                .get("name")
                .asString();
    }

    @Test
    void portsAndNamesAreThoseOfOneAnother() {
        JsonNode labels = instances.at("/spec/template/metadata/labels");
        int port = container.at("/ports/0/containerPort").asInt();
        assertThat(RuntimeSettings.of(settings).http().port()).isEqualTo(port);
        assertThat(instances
                        .at("/spec/template/metadata/annotations/prometheus.io~1port")
                        .asString())
                .isEqualTo(Integer.toString(port));
        for (String service : List.of("Service weir", "Service weir-instances")) {
            assertThat(all.get(service).at("/spec/selector")).isEqualTo(labels);
            assertThat(all.get(service).at("/spec/ports/0/port").asInt()).isEqualTo(port);
            assertThat(all.get(service).at("/spec/ports/0/targetPort")).isEqualTo(container.at("/ports/0/name"));
        }
        assertThat(instances.at("/spec/selector/matchLabels")).isEqualTo(labels);
        assertThat(all.get("PodDisruptionBudget weir").at("/spec/selector/matchLabels"))
                .isEqualTo(labels);
        String names = instances.at("/spec/serviceName").asString();
        assertThat(all.get("Service " + names).at("/spec/clusterIP").asString()).isEqualTo("None");
        assertThat(variable("WEIR_HTTP_ADVERTISED").asString()).isEqualTo("$(POD_NAME)." + names + ":" + port);
        assertThat(variable("WEIR_INSTANCE_ID").asString()).isEqualTo("$(POD_NAME)");
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(container.at("/" + probe + "/httpGet/port")).isEqualTo(container.at("/ports/0/name"));
            assertThat(container.at("/" + probe + "/httpGet/path").asString())
                    .isEqualTo(probe.startsWith("readiness") ? "/health/ready" : "/health/live");
        }
    }

    private JsonNode variable(String name) {
        return container
                .get("env")
                .valueStream()
                .filter(variable -> variable.get("name").asString().equals(name))
                .findFirst()
                .orElseThrow()
                .get("value");
    }

    /** By the formula of the operations' guide. */
    @Test
    void theMemoryThatIsAllowedIsEnough() throws IOException {
        String image = Files.readString(Path.of("../Dockerfile"));
        assertThat(image).contains("-Xmx1g");
        StateSettings state = RuntimeSettings.of(settings).state();
        long threads = Features.all().stream()
                .mapToLong(entry -> settings.get(FeatureSettings.threads(entry.name())))
                .sum();
        long needed = 1_024 * MIB
                + state.blockCacheBytes()
                + Features.all().size() * state.recordCacheBytes()
                + threads * MIB
                + 200 * MIB;

        assertThat(container.at("/resources/limits/memory").asString()).isEqualTo("2Gi");
        assertThat(needed).isLessThan(2_048 * MIB);
        assertThat(container.at("/resources/requests/memory")).isEqualTo(container.at("/resources/limits/memory"));
    }

    @Test
    void itStopsInTimeAndRunsAsTheUserOfTheImage() throws IOException {
        String image = Files.readString(Path.of("../Dockerfile"));

        assertThat(pod.get("terminationGracePeriodSeconds").asLong())
                .isGreaterThan(RuntimeSettings.of(settings).shutdownTimeout().toSeconds());
        assertThat(image)
                .contains("--uid " + pod.at("/securityContext/runAsUser").asInt() + " ");
        assertThat(containers())
                .extracting(one -> one.get("image").asString())
                .containsOnly(container.get("image").asString());
        assertThat(containers()).allSatisfy(one -> {
            assertThat(one.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                    .isTrue();
            assertThat(one.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
        });
    }

    private List<JsonNode> containers() {
        List<JsonNode> containers = new ArrayList<>(containersOf(pod));
        containers.addAll(containersOf(all.get("Job weir-preparation").at("/spec/template/spec")));
        return containers;
    }

    private static List<JsonNode> containersOf(JsonNode template) {
        return Stream.concat(
                        template.path("initContainers").valueStream(),
                        template.get("containers").valueStream())
                .toList();
    }

    private static List<String> names(JsonNode list) {
        return list.valueStream().map(one -> one.get("name").asString()).toList();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    /** As an instance has them. */
    private Settings settings() {
        Map<String, String> values = new HashMap<>();
        try {
            Properties properties = new Properties();
            properties.load(new StringReader(all.get("ConfigMap weir-settings")
                    .at("/data/weir.properties")
                    .asString()));
            properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Map<String, String> environment = Map.of(
                "WEIR_INTAKE_HASH_KEY", "a key of more than sixteen letters",
                "WEIR_HTTP_PEER_TOKEN", "a token of more than sixteen letters",
                "WEIR_INSTANCE_ID", "weir-0",
                "WEIR_HTTP_ADVERTISED", "weir-0.weir-instances:8080");
        return Settings.load(Optional.empty(), values, environment, Map.of());
    }

    private static Map<String, JsonNode> load() {
        Map<String, JsonNode> all = new HashMap<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            files.filter(file -> !file.endsWith("kustomization.yaml"))
                    .flatMap(file -> documents(file).stream())
                    .forEach(one -> all.put(
                            one.get("kind").asString() + " "
                                    + one.at("/metadata/name").asString(),
                            one));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return all;
    }

    private static List<JsonNode> documents(Path file) {
        try {
            List<JsonNode> documents = new ArrayList<>();
            new Yaml()
                    .loadAll(Files.readString(file))
                    .forEach(tree -> documents.add(JsonMapper.shared().valueToTree(tree)));
            return documents;
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }
}
