package io.weir.benchmarks;

import io.weir.core.serde.SchemaRegistry;
import io.weir.core.serde.Schemas;
import io.weir.core.settings.Settings;
import io.weir.core.time.WallClock;
import io.weir.core.topic.Topic;
import io.weir.core.topic.Topics;
import io.weir.topology.runtime.Features;
import io.weir.topology.runtime.FormatLocale;
import io.weir.topology.runtime.KafkaSettings;
import io.weir.topology.runtime.Service;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** The whole service in a process of its own, which can be measured, and killed, alone. */
final class ServiceProcess {

    /** Printed, with the port of its queries after it, once it listens. */
    static final String READY = "listens on ";
    /** Of nobody else in this process: whoever asked before would have been given ids that are another schema's in the others. */
    static final String REGISTRY = "mock://service-process";

    private ServiceProcess() {}

    /** Runs until the process is told to stop; its argument is a file of settings. */
    public static void main(String[] arguments) throws Exception {
        Schemas.trust();
        FormatLocale.set();
        Settings settings = read(Path.of(arguments[0]));
        registry(new Topics(settings.get(KafkaSettings.TOPIC_PREFIX)));
        try (Service service = Service.start(settings, Features.all(), new WallClock(InstantSource.system()))) {
            System.out.println(READY + service.port());
            System.exit(service.await());
        }
    }

    private static Settings read(Path file) throws Exception {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return Settings.of(properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty)));
    }

    /** A registry inside the process that has the same ids in every other: they are given in the order in which they are asked for. */
    static SchemaRegistry registry(Topics topics) {
        SchemaRegistry registry = new SchemaRegistry(REGISTRY, Map.of(), true);
        for (Topic<?> topic : Topics.all()) {
            registry.id(topics.name(topic) + "-value", Schemas.of(topic.type()));
        }
        return registry;
    }
}
