package io.weir.topology.runtime;

import io.weir.core.serde.SchemaRegistry;
import io.weir.core.settings.Setting;
import io.weir.core.settings.Settings;
import io.weir.core.settings.SettingsException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the schemas are, and how to be let in.
 *
 * @param url of the registry
 * @param client settings of Confluent's client, secrets among them
 * @param autoRegister whether schemas of what is written are registered, or must be there
 */
public record RegistrySettings(String url, Map<String, String> client, boolean autoRegister) {

    public static final Setting<String> URL = new Setting<>(
            "weir.registry.url",
            "http://127.0.0.1:8081",
            "http://…, https://… or mock://…, several of the same registry separated by commas",
            "Where the schema registry is; mock://<name> is one inside the process, for trying things out.",
            false,
            text -> {
                for (String one : text.split(",", -1)) {
                    if (!one.strip().matches("(https?|mock)://\\S+")) {
                        throw new IllegalArgumentException(text);
                    }
                }
                return text;
            });

    public static final Setting<Boolean> AUTO_REGISTER = Setting.flag(
            "weir.registry.auto-register",
            "false",
            "Whether to register the schemas of what is written. Not in a deployment: there \"weir schemas register\" does it, so that a wrong build cannot change a contract. demo and batch set it themselves.");

    public static final Setting<String> USERNAME = Setting.text(
            "weir.registry.basic-auth.username", null, "a name without a colon", "User of HTTP basic authentication.");

    public static final Setting<String> PASSWORD = Setting.text(
                    "weir.registry.basic-auth.password", null, "a password", "Password of HTTP basic authentication.")
            .asSecret();

    public static final Setting<String> BEARER_TOKEN = Setting.text(
                    "weir.registry.bearer-token",
                    null,
                    "a token",
                    "Sent to the registry as Authorization: Bearer; instead of basic authentication.")
            .asSecret();

    public static final Setting<String> TRUSTSTORE = Setting.text(
            "weir.registry.tls.truststore",
            null,
            "a file",
            "Certificates by which the registry is known; without it, those that Java brings.");

    public static final Setting<String> TRUSTSTORE_PASSWORD = Setting.text(
                    "weir.registry.tls.truststore-password", null, "a password", "Password of the truststore.")
            .asSecret();

    public static final Setting<String> KEYSTORE = Setting.text(
            "weir.registry.tls.keystore",
            null,
            "a file",
            "Certificate and key by which Weir is known to the registry (mutual TLS).");

    public static final Setting<String> KEYSTORE_PASSWORD = Setting.text(
                    "weir.registry.tls.keystore-password", null, "a password", "Password of the keystore.")
            .asSecret();

    public static final Setting<String> KEY_PASSWORD = Setting.text(
                    "weir.registry.tls.key-password",
                    null,
                    "a password",
                    "Password of the key in the keystore, where it has one of its own.")
            .asSecret();

    public static final Setting<StoreType> STORE_TYPE = Setting.choice(
            "weir.registry.tls.store-type",
            StoreType.class,
            "pkcs12",
            "Format of truststore and keystore; PKCS12 is what keytool and openssl write today.");

    public static final Setting<Duration> TIMEOUT = Setting.duration(
            "weir.registry.timeout",
            "10s",
            "100ms",
            "5m",
            "How long the registry may take to accept a connection, and to answer. It is asked once for each schema, so this matters only while it is in trouble: then the feature waits and tries again.");

    public static final Setting<String> CLIENT = Setting.text(
                    "weir.registry.client.*",
                    null,
                    "a setting of Confluent's schema registry client",
                    "Handed to the registry's client as it is, over what the settings above say, such as proxy.host.")
            .asSecret();

    /** Formats of a key store. */
    public enum StoreType {
        PKCS12,
        JKS,
        PEM
    }

    /** Every setting of this class. */
    public static List<Setting<?>> all() {
        return List.of(
                URL,
                AUTO_REGISTER,
                USERNAME,
                PASSWORD,
                BEARER_TOKEN,
                TRUSTSTORE,
                TRUSTSTORE_PASSWORD,
                KEYSTORE,
                KEYSTORE_PASSWORD,
                KEY_PASSWORD,
                STORE_TYPE,
                TIMEOUT,
                CLIENT);
    }

    /**
     * Reads and cross-checks the settings.
     *
     * @throws SettingsException if one is wrong, or two do not go together
     */
    public static RegistrySettings of(Settings settings) {
        Map<String, String> client = new LinkedHashMap<>();
        String timeout = Long.toString(settings.get(TIMEOUT).toMillis());
        client.put("http.connect.timeout.ms", timeout);
        client.put("http.read.timeout.ms", timeout);
        authentication(settings, client);
        tls(settings, client);
        client.putAll(settings.below("weir.registry.client"));
        return new RegistrySettings(settings.get(URL), Map.copyOf(client), settings.get(AUTO_REGISTER));
    }

    /**
     * A client of the registry; nothing is asked of it yet.
     *
     * @throws SettingsException if the client refuses what is set, such as a truststore that is not there
     */
    public SchemaRegistry open() {
        try {
            return new SchemaRegistry(url, client, autoRegister);
        } catch (RuntimeException e) {
            throw new SettingsException("weir.registry: cannot make a client for the schema registry at " + url + " ("
                    + FaultKind.describe(e) + "): check the settings below weir.registry.");
        }
    }

    /** Shows which settings there are, never what they say. */
    @Override
    public String toString() {
        return "RegistrySettings[url=" + url + ", client=" + client.keySet() + ", autoRegister=" + autoRegister + "]";
    }

    private static void authentication(Settings settings, Map<String, String> client) {
        Optional<String> username = settings.find(USERNAME);
        Optional<String> password = settings.find(PASSWORD);
        Optional<String> token = settings.find(BEARER_TOKEN);
        if (username.isPresent() != password.isPresent()) {
            throw new SettingsException((username.isPresent() ? PASSWORD : USERNAME).key() + ": expected together with "
                    + (username.isPresent() ? USERNAME : PASSWORD).key() + ", but it is not set");
        }
        if (username.isPresent() && token.isPresent()) {
            throw new SettingsException(
                    BEARER_TOKEN.key() + ": expected either this or " + USERNAME.key() + ", but both are set");
        }
        username.ifPresent(user -> {
            if (user.contains(":")) {
                throw new SettingsException(
                        USERNAME.key() + ": expected " + USERNAME.expected() + ", found \"" + user + "\"");
            }
            client.put("basic.auth.credentials.source", "USER_INFO");
            client.put("basic.auth.user.info", user + ":" + password.orElseThrow());
        });
        token.ifPresent(text -> {
            client.put("bearer.auth.credentials.source", "STATIC_TOKEN");
            client.put("bearer.auth.token", text);
        });
    }

    private static void tls(Settings settings, Map<String, String> client) {
        String type = settings.get(STORE_TYPE).name();
        settings.find(TRUSTSTORE).ifPresent(file -> {
            client.put("schema.registry.ssl.truststore.location", file);
            client.put("schema.registry.ssl.truststore.type", type);
        });
        settings.find(KEYSTORE).ifPresent(file -> {
            client.put("schema.registry.ssl.keystore.location", file);
            client.put("schema.registry.ssl.keystore.type", type);
        });
        settings.find(TRUSTSTORE_PASSWORD)
                .ifPresent(secret -> client.put("schema.registry.ssl.truststore.password", secret));
        settings.find(KEYSTORE_PASSWORD)
                .ifPresent(secret -> client.put("schema.registry.ssl.keystore.password", secret));
        settings.find(KEY_PASSWORD).ifPresent(secret -> client.put("schema.registry.ssl.key.password", secret));
    }
}
