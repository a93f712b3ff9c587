package io.weir.topology.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.core.settings.Setting;
import io.weir.core.settings.Settings;
import io.weir.core.settings.SettingsException;
import io.weir.core.time.WallClock;
import io.weir.core.topic.Topics;
import io.weir.topology.http.HttpSettings;
import io.weir.topology.http.QuerySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuntimeSettingsTest {

    @Test
    void everySettingHasADefaultThatIsAllowed() {
        RuntimeSettings runtime = RuntimeSettings.of(Settings.of(Map.of()));

        assertThat(runtime)
                .isEqualTo(new RuntimeSettings(
                        new KafkaSettings(
                                "127.0.0.1:9092",
                                Map.of(),
                                "",
                                "weir",
                                Optional.empty(),
                                KafkaSettings.GroupProtocol.CLASSIC,
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(30),
                                0,
                                -1,
                                KafkaSettings.RecordingLevel.INFO,
                                Duration.ofSeconds(10)),
                        new RegistrySettings(
                                "http://127.0.0.1:8081",
                                Map.of("http.connect.timeout.ms", "10000", "http.read.timeout.ms", "10000"),
                                false),
                        new StateSettings(Path.of("weir-state"), 384L << 20, 128L << 20, 16L << 20),
                        new TopicSettings(4, -1, Map.of()),
                        new HttpSettings("127.0.0.1", 8080, Optional.empty(), Duration.ofMinutes(1)),
                        new QuerySettings(
                                Optional.empty(),
                                100,
                                Optional.empty(),
                                Optional.empty(),
                                Duration.ofSeconds(2),
                                10_000),
                        Duration.ofSeconds(25)));
    }

    @Test
    void everySettingSaysWhatItIsForAndNoKeyIsThereTwice() {
        assertThat(Features.settings())
                .allSatisfy(setting -> {
                    assertThat(setting.key()).startsWith("weir.");
                    assertThat(setting.expected()).isNotBlank();
                    assertThat(setting.reason()).isNotBlank();
                })
                .extracting(Setting::key)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "weir.kafka.replication-factor | 0 | weir.kafka.replication-factor: expected -1 or a whole number from 1 to 10, found \"0\"",
                "weir.topics.replication-factor | 0 | weir.topics.replication-factor: expected -1 or a whole number from 1 to 10, found \"0\"",
                "weir.topic-prefix | a b | weir.topic-prefix: expected letters, digits, dots, hyphens and underscores, at most 100, found \"a b\"",
                "weir.registry.url | ftp://x | weir.registry.url: expected http://…, https://… or mock://…, several of the same registry separated by commas, found \"ftp://x\"",
                "weir.state.write-buffers | 256MiB | weir.state.write-buffers: expected at most half of weir.state.block-cache (201326592 bytes), found 268435456 bytes",
                "weir.http.advertised | weir-0 | weir.http.advertised: expected host:port such as weir-0.weir:8080, found \"weir-0\"",
                "weir.http.advertised | a:70000 | weir.http.advertised: expected host:port such as weir-0.weir:8080, found \"a:70000\"",
                "weir.http.advertised | weir_0:8080 | weir.http.advertised: expected host:port such as weir-0.weir:8080, found \"weir_0:8080\"",
                "weir.http.advertised | weir-0:8080 | weir.http.peer-token: needed where weir.http.advertised is set, since processes that ask each other show it",
                "weir.http.peer-token | short | weir.http.peer-token: expected 16 or more characters",
                "weir.http.port | 70000 | weir.http.port: expected a whole number from 0 to 65535, found \"70000\"",
                "weir.topics.retention.identities | 30d | weir.topics.retention.identities: Weir has no topic identities with a retention",
                "weir.topics.retention.sessions | long | weir.topics.retention.sessions: expected a duration such as 30d, from 1m to 36500d, or forever, found \"long\"",
                "weir.registry.basic-auth.username | ann | weir.registry.basic-auth.password: expected together with weir.registry.basic-auth.username, but it is not set"
            })
    void aWrongValueIsNamedWithWhatIsExpected(String key, String value, String message) {
        Settings settings = Settings.of(Map.of(key, value));

        assertThatThrownBy(() -> RuntimeSettings.of(settings))
                .isInstanceOf(SettingsException.class)
                .hasMessage(message);
    }

    @Test
    void staticMembershipDoesNotGoWithTheStreamsProtocol() {
        Settings settings = Settings.of(Map.of("weir.instance-id", "weir-0", "weir.kafka.group-protocol", "streams"));

        assertThatThrownBy(() -> KafkaSettings.of(settings))
                .hasMessage("weir.instance-id: the streams group protocol has no static membership;"
                        + " leave this setting out, or set weir.kafka.group-protocol=classic");
    }

    @Test
    void clientSettingsReachEveryClientButThoseOfOneKindOfClient() {
        KafkaSettings kafka = KafkaSettings.of(Settings.of(Map.of(
                "weir.kafka.bootstrap-servers", "kafka:9093",
                "weir.kafka.client.security.protocol", "SASL_SSL",
                "weir.kafka.client.producer.linger.ms", "5")));

        assertThat(kafka.clientProperties())
                .isEqualTo(Map.of("bootstrap.servers", "kafka:9093", "security.protocol", "SASL_SSL"));
        assertThat(kafka.client()).containsEntry("producer.linger.ms", "5");
    }

    @Test
    void clientSettingsMayComeFromTheEnvironment() {
        Settings settings = Settings.load(
                Optional.empty(),
                Map.of(),
                Map.of("WEIR_KAFKA_CLIENT_SECURITY_PROTOCOL", "SSL", "WEIR_HTTP_PORT", "9000"),
                Map.of());

        assertThat(KafkaSettings.of(settings).clientProperties()).containsEntry("security.protocol", "SSL");
        assertThat(HttpSettings.of(settings).port()).isEqualTo(9000);
    }

    @Test
    void theRegistryClientGetsItsCredentialsAndNeverShowsThem() {
        RegistrySettings registry = RegistrySettings.of(Settings.of(Map.of(
                "weir.registry.url", "https://registry",
                "weir.registry.basic-auth.username", "ann",
                "weir.registry.basic-auth.password", "pa:ss",
                "weir.registry.tls.truststore", "/etc/weir/trust.p12",
                "weir.registry.tls.truststore-password", "changeit",
                "weir.registry.client.proxy.host", "proxy")));

        assertThat(registry.client())
                .isEqualTo(Map.of(
                        "http.connect.timeout.ms", "10000",
                        "http.read.timeout.ms", "10000",
                        "basic.auth.credentials.source", "USER_INFO",
                        "basic.auth.user.info", "ann:pa:ss",
                        "schema.registry.ssl.truststore.location", "/etc/weir/trust.p12",
                        "schema.registry.ssl.truststore.type", "PKCS12",
                        "schema.registry.ssl.truststore.password", "changeit",
                        "proxy.host", "proxy"));
        assertThat(registry.toString()).doesNotContain("pa:ss").doesNotContain("changeit");
    }

    @Test
    void aTruststoreThatIsNotThereIsOneSentence() {
        RegistrySettings registry = RegistrySettings.of(Settings.of(
                Map.of("weir.registry.url", "https://registry", "weir.registry.tls.truststore", "/no/such/file.p12")));

        assertThatThrownBy(registry::open)
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(
                        "weir.registry: cannot make a client for the schema registry at https://registry (")
                .hasMessageContaining("/no/such/file.p12");
    }

    @Test
    void kafkaSettingsThatKafkaRefusesAreOneSentence() {
        Settings settings =
                Settings.of(Map.of("weir.kafka.client.poll.ms", "many", "weir.registry.url", "mock://refused"));
        Deployment deployment =
                Deployment.of(settings, new WallClock(InstantSource.system()), new SimpleMeterRegistry());

        assertThatThrownBy(() -> new FeatureRun(TestFeature.entry("f"), deployment, List.of(), run -> {}))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("weir.kafka.client.*: Kafka refuses this: Invalid value many");
    }

    @Test
    void theRegistryClientGetsABearerToken() {
        RegistrySettings registry = RegistrySettings.of(Settings.of(Map.of("weir.registry.bearer-token", "t0ken")));

        assertThat(registry.client())
                .containsEntry("bearer.auth.credentials.source", "STATIC_TOKEN")
                .containsEntry("bearer.auth.token", "t0ken");
    }

    @Test
    void aTopicIsCreatedAsTheCatalogueSaysUnlessItsRetentionIsSet() {
        TopicSettings topics = TopicSettings.of(Settings.of(
                Map.of("weir.topics.retention.sessions", "3d", "weir.topics.retention.events.page-views", "forever")));

        assertThat(topics.configs(Topics.SESSIONS))
                .isEqualTo(Map.of(
                        "cleanup.policy", "delete",
                        "retention.ms", "259200000",
                        "max.message.bytes", "8388608",
                        "message.timestamp.after.max.ms", "9223372036854775807"));
        assertThat(topics.configs(Topics.PAGE_VIEWS)).containsEntry("retention.ms", "-1");
        assertThat(topics.configs(Topics.CLICKS)).containsEntry("retention.ms", "691200000");
        assertThat(topics.configs(Topics.IDENTITIES))
                .isEqualTo(Map.of(
                        "cleanup.policy", "compact",
                        "max.message.bytes", "8388608",
                        "message.timestamp.after.max.ms", "9223372036854775807"));
    }
}
