package io.weir.core.settings;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The settings of one process: what the command line says, over the environment, over a file, over the defaults. An
 * environment variable is the key in upper case with everything else than letters and digits replaced by {@code _}.
 */
public final class Settings {

    private static final int COMMAND_LINE = 500;
    private static final int ENVIRONMENT = 400;
    private static final int FILE = 300;
    /** What a process sets for itself (demo, batch), under anything a user says. */
    private static final int PROFILE = 200;

    private final SmallRyeConfig config;
    private final Set<String> written;

    private Settings(SmallRyeConfig config, Set<String> written) {
        this.config = config;
        this.written = written;
    }

    /** Settings that say just this: for tests and tools. */
    public static Settings of(Map<String, String> values) {
        return load(Optional.empty(), values, Map.of(), Map.of());
    }

    /**
     * Reads the settings.
     *
     * @param file a properties file
     * @param commandLine from {@code --set key=value}
     * @param environment the process environment
     * @param profile what the command itself sets under all of these
     * @throws SettingsException if the file cannot be read
     */
    public static Settings load(
            Optional<Path> file,
            Map<String, String> commandLine,
            Map<String, String> environment,
            Map<String, String> profile) {
        Map<String, String> fromFile = file.map(Settings::read).orElse(Map.of());
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(
                        new PropertiesConfigSource(profile, "profile", PROFILE),
                        new PropertiesConfigSource(fromFile, "file", FILE),
                        new EnvConfigSource(environment, ENVIRONMENT),
                        new PropertiesConfigSource(commandLine, "command line", COMMAND_LINE))
                .addDefaultInterceptors()
                .build();
        Set<String> written = new LinkedHashSet<>(fromFile.keySet());
        written.addAll(commandLine.keySet());
        return new Settings(config, written);
    }

    /**
     * The value of a setting, or its default.
     *
     * @throws SettingsException if it is not what is expected, or has neither a value nor a default
     */
    public <T> T get(Setting<T> setting) {
        return find(setting)
                .orElseThrow(() -> new SettingsException(
                        setting.key() + ": expected " + setting.expected() + ", but it is not set and has no default"));
    }

    /**
     * The value of a setting, or its default, or nothing.
     *
     * @throws SettingsException if it is not what is expected
     */
    public <T> Optional<T> find(Setting<T> setting) {
        return raw(setting.key())
                .or(() -> Optional.ofNullable(setting.fallback()))
                .map(text -> {
                    try {
                        return setting.parser().apply(text.strip());
                    } catch (IllegalArgumentException e) {
                        String found = setting.secret() ? "something else" : "\"" + text + "\"";
                        throw new SettingsException(
                                setting.key() + ": expected " + setting.expected() + ", found " + found);
                    }
                });
    }

    /** The indexes that occur in a list of settings, such as those of {@code weir.intake.sources}. */
    public Set<Integer> indexes(String list) {
        return new TreeSet<>(config.getIndexedPropertiesIndexes(list));
    }

    /** All settings below a prefix, without it: what is handed on to a library as it is. */
    public Map<String, String> below(String prefix) {
        String start = prefix + ".";
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith(start))
                .collect(Collectors.toMap(
                        name -> name.substring(start.length()),
                        name -> raw(name).orElse(""),
                        (first, second) -> second,
                        TreeMap::new));
    }

    /**
     * Refuses what nobody reads, and reads everything once, so that a wrong value fails at start.
     *
     * @param known every setting there is; a key that ends in {@code .*} allows anything below it
     * @throws SettingsException that names the first setting that is unknown or wrong
     */
    public void check(Collection<Setting<?>> known) {
        for (String name : written) {
            if (known.stream().noneMatch(setting -> allows(setting.key(), name))) {
                throw new SettingsException(name + ": there is no such setting" + nearest(name, known));
            }
        }
        for (Setting<?> setting : known) {
            if (!setting.key().contains("*")) {
                find(setting);
            }
        }
    }

    private static boolean allows(String key, String name) {
        if (key.endsWith(".*")) {
            return name.startsWith(key.substring(0, key.length() - 1));
        }
        return key.equals(name) || (key.contains("[*]") && key.equals(name.replaceAll("\\[\\d{1,4}]", "[*]")));
    }

    private static String nearest(String name, Collection<Setting<?>> known) {
        return known.stream()
                .map(Setting::key)
                .min((a, b) -> Integer.compare(EditDistance.between(name, a), EditDistance.between(name, b)))
                .filter(key -> EditDistance.between(name, key) <= Math.max(3, name.length() / 4))
                .map(key -> "; did you mean " + key + "?")
                .orElse("");
    }

    private Optional<String> raw(String key) {
        return config.getOptionalValue(key, String.class);
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new SettingsException("--config: cannot read " + file + " as a properties file (" + e + ")");
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }
}
