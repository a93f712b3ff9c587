package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the dashboard and the alert rules ask Prometheus for, against what a service says. */
final class MetricNames {

    private static final Pattern METRIC = Pattern.compile("\\b(?:weir|kafka|jvm|process)_[a-z0-9_]+\\b");

    private MetricNames() {}

    /** @param scraped what {@code /metrics} of the processes of a deployment answer that runs every feature */
    static void check(String scraped) {
        Set<String> there = scraped.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toSet());
        Set<String> asked = asked();

        assertThat(there)
                .filteredOn(name -> name.startsWith("weir_") && !isDescribed(name, scraped))
                .as("metrics that nobody describes")
                .isEmpty();
        assertThat(asked).hasSizeGreaterThan(10);
        assertThat(there).containsAll(asked);
    }

    private static boolean isDescribed(String name, String scraped) {
        String described = name.replaceFirst("_(count|sum|bucket)$", "");
        return scraped.lines().anyMatch(line -> line.matches("# HELP " + described + " \\S.*"));
    }

    /** Keeps what a process answers, for a checker that is no Java. */
    static void keep(String scraped) {
        try {
            Files.writeString(Path.of("target", "metrics.prom"), scraped);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> asked() {
        Set<String> names = new TreeSet<>();
        for (String expression : expressions()) {
            Matcher matcher = METRIC.matcher(expression);
            while (matcher.find()) {
                names.add(matcher.group());
            }
        }
        return names;
    }

    private static List<String> expressions() {
        List<String> expressions = new ArrayList<>();
        JsonNode rules = JsonMapper.shared().valueToTree(new Yaml().load(read("deploy/alerts.yml")));
        rules.at("/groups/0/rules")
                .forEach(rule -> expressions.add(rule.get("expr").asString()));
        JsonNode dashboard = JsonMapper.shared().readTree(read("deploy/grafana/dashboards/weir.json"));
        dashboard
                .get("panels")
                .forEach(panel -> panel.get("targets")
                        .forEach(target -> expressions.add(target.get("expr").asString())));
        return expressions;
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of("..").resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
