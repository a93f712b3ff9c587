package io.weir.fraud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.settings.Settings;
import io.weir.core.settings.SettingsException;
import io.weir.core.time.StreamClock.Phase;
import io.weir.schemas.Event;
import io.weir.schemas.FraudAlert;
import io.weir.schemas.FraudAlertStatus;
import io.weir.schemas.Verdict;
import io.weir.schemas.VerdictStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of apps, from their events to alerts and verdicts on visitors. */
class TokenRulesTest {

    private static final Instant ISSUED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = ISSUED.plusSeconds(60);
    private static final Map<String, String> TOKENS = lines("tokens.tsv");

    @TempDir
    private Path folder;

    private Path keys;
    private FraudDriver fraud;

    @BeforeEach
    void start() throws IOException {
        keys = Files.writeString(folder.resolve("keys.json"), text("test-keys.jwks.json"));
        start(Map.of("weir.fraud.integrity-keys", keys.toString()));
    }

    private void start(Map<String, String> settings) {
        fraud = new FraudDriver(folder.resolve("state"), Phase.LIVE, NOW, settings);
        fraud.rule(
                RuleBuilder.token("app-token", "example.shop.app").onVisitors().build());
    }

    @AfterEach
    void close() {
        fraud.close();
    }

    @Test
    void aTokenThatHoldsIsNothingToSpeakOf() {
        send("e1", "v", "es256", NOW);

        assertThat(fraud.alerts("integrity")).isEmpty();
        assertThat(fraud.visitorVerdicts()).isEmpty();
    }

    /** Each reason is an alert of its own, and one verdict on the visitor, however often the token comes. */
    @Test
    void eachReasonIsAnAlertAndTheVisitorIsJudgedOnceForIt() {
        for (int i = 0; i < 50; i++) {
            send("forged-" + i, "v", "es256-rogue", NOW.plusMillis(i));
        }
        send("e2", "v", "none", NOW.plusSeconds(1));
        fraud.pass(Duration.ofHours(1));

        assertThat(fraud.alerts("integrity"))
                .filteredOn(alert -> alert.getStatus() == FraudAlertStatus.CLOSED)
                .extracting(alert -> alert.getKey() + " " + alert.getMeasured() + " " + alert.getExplanation())
                .containsExactlyInAnyOrder(
                        "v|bad_signature 50.0 app-token: The signature of the token does not hold: it was changed, or signed"
                                + " with another key (50 events, by v|bad_signature).",
                        "v|algorithm_none 1.0 app-token: The token says of itself that it is not signed (one event, by"
                                + " v|algorithm_none).");
        assertThat(fraud.visitorVerdicts())
                .extracting(Verdict::getVisitorId, Verdict::getStatus)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("v", VerdictStatus.INVALID),
                        org.assertj.core.groups.Tuple.tuple("v", VerdictStatus.INVALID));
    }

    /** The same token from two visitors: the second by event time is at fault, also if it comes first. */
    @Test
    void aTokenIsGoodOnceInADay() {
        send("second", "thief", "eddsa", NOW.plusSeconds(5));
        send("first", "owner", "eddsa", NOW);

        assertThat(fraud.alerts("integrity"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.getKey()).isEqualTo("n-1|replayed"))
                .satisfies(alert -> assertThat(alert.getEvents()).containsExactly("thief|second"))
                .extracting(FraudAlert::getExplanation)
                .isEqualTo("app-token: The nonce of the token was used before (2 events, by n-1|replayed).");
        assertThat(fraud.visitorVerdicts()).extracting(Verdict::getVisitorId).containsExactly("thief");
    }

    /** Or each change of a rule would let every token of the last day be used once more. */
    @Test
    void aNewVersionOfTheRuleKnowsWhatWasUsedBefore() {
        send("first", "owner", "eddsa", NOW);
        for (int version = 2; version <= 4; version++) {
            fraud.rule(RuleBuilder.token("app-token", "example.shop.app")
                    .onVisitors()
                    .version(version)
                    .build());
        }

        send("second", "thief", "eddsa", NOW.plusSeconds(5));

        assertThat(fraud.alerts("integrity")).singleElement().satisfies(alert -> {
            assertThat(alert.getVersion()).isEqualTo(4);
            assertThat(alert.getEvents()).containsExactly("thief|second");
        });
        assertThat(fraud.visitorVerdicts()).extracting(Verdict::getVisitorId).containsExactly("thief");
    }

    /** Who was first is when the collector received it, and not what the sender says of the time. */
    @Test
    void aThiefWhoSaysThatItWasLongAgoIsStillTheSecond() {
        send("first", "owner", "eddsa", NOW);
        Event stolen = EventBuilder.token("second", "thief", TOKENS.get("eddsa"), "jws", NOW.plusSeconds(5));
        fraud.event(EventBuilder.backdated(stolen, Duration.ofHours(2)));

        assertThat(fraud.visitorVerdicts()).extracting(Verdict::getVisitorId).containsExactly("thief");
    }

    /** The whole message sent again with another visitor in it: the same event id, at the same time. */
    @Test
    void anEventIdThatIsAnothersDoesNotHideAReplayNorLendItsToken() {
        send("e", "a-owner", "eddsa", NOW);
        send("e", "b-thief", "eddsa", NOW);
        send("e", "c-forger", "es256-rogue", NOW);

        assertThat(fraud.visitorVerdicts())
                .extracting(Verdict::getVisitorId)
                .containsExactlyInAnyOrder("b-thief", "c-forger");
    }

    /** Two signatures of the same claims are two texts and one nonce. */
    @Test
    void aReplayIsFoundByItsNonceWhateverTheTokenLooksLike() {
        send("first", "owner", "es256", NOW);
        send("second", "thief", "es256-second-signature", NOW.plusSeconds(5));

        assertThat(fraud.visitorVerdicts()).extracting(Verdict::getVisitorId).containsExactly("thief");
    }

    @Test
    void aKeyThatIsWithdrawnCountsNoMore() throws IOException {
        send("e0", "v", "rs256", NOW);
        assertThat(fraud.alerts("integrity")).isEmpty();
        Files.writeString(keys, "{\"keys\":[]}");
        fraud.pass(Duration.ofSeconds(10));

        send("e1", "v", "es256", NOW.plusSeconds(10));

        assertThat(fraud.alerts("integrity")).extracting(FraudAlert::getKey).containsExactly("v|unknown_key");
    }

    @Test
    void withoutKeysNoTokenIsJudged() {
        fraud.close();
        start(Map.of());

        send("e1", "v", "es256-rogue", NOW);

        assertThat(fraud.alerts("integrity")).isEmpty();
        assertThat(fraud.visitorVerdicts()).isEmpty();
    }

    @Test
    void aKeyFileThatIsWrongIsSaidAtTheStart() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.json"), "{}");

        assertThatThrownBy(() -> FraudSettings.of(Settings.of(Map.of("weir.fraud.integrity-keys", wrong.toString()))))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("weir.fraud.integrity-keys: " + wrong + ": ");
        assertThatThrownBy(() -> FraudSettings.of(Settings.of(Map.of(
                        "weir.fraud.integrity-keys", folder.resolve("gone").toString()))))
                .isInstanceOf(SettingsException.class)
                .hasMessage("weir.fraud.integrity-keys: " + folder.resolve("gone") + " cannot be read");
    }

    private void send(String id, String visitor, String token, Instant at) {
        fraud.event(EventBuilder.token(id, visitor, TOKENS.get(token), "jws", at));
    }

    private static Map<String, String> lines(String name) {
        Function<String, String[]> columns = line -> line.split("\t", 2);
        return text(name).lines().map(columns).collect(Collectors.toMap(column -> column[0], column -> column[1]));
    }

    private static String text(String name) {
        try (InputStream in = TokenRulesTest.class.getResourceAsStream("integrity/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
