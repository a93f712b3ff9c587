package io.weir.fraud.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.weir.fraud.integrity.TokenResult.Refused;
import io.weir.fraud.integrity.TokenResult.Verified;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TokenVerifierTest {

    private static final String GOOD = "GOOD";

    private static final long RECEIVED_AT = Fixtures.ISSUED_AT + 60_000;
    private static final IntegrityTerms TERMS = new IntegrityTerms(Set.of("example.shop.app"), 5 * 60_000);

    /** What becomes of each token. */
    private static final Map<String, String> EXPECTED = Map.ofEntries(
            Map.entry(GOOD, """
                    es256 es256-no-kid es256-offers-keys es256-second-signature rs256 rs256-other-key eddsa eddsa-new-name
                    jwe jwe-no-kid jwe-of-jws jwe-of-jws-unsaid claims-no-version claims-more claims-fraction-of-second
                    just-not-old just-not-future
                    """),
            Map.entry("ALGORITHM_NONE", "none none-with-signature none-in-capitals jwe-alg-none jwe-of-none"),
            Map.entry("ALGORITHM_NOT_ALLOWED", """
                    hs256-rsa-pem hs256-rsa-der hs256-rsa-modulus hs256-ec-pem hs256-secret
                    rs256-of-ec-key es256-of-rsa-key es256-of-ed-key es256-of-secret es256-key-for-encryption es256-key-of-p384
                    rs256-key-for-pss rs256-key-for-signing rs256-short-key ps256 dir-in-jws
                    jwe-alg-rsa jwe-enc-a128gcm jwe-enc-cbc jwe-of-ec-key jwe-key-for-mac jwe-short-key
                    """),
            Map.entry("HEADER_NOT_ALLOWED", "crit b64-false zip-in-jws jwe-zip jwe-crit"),
            Map.entry(
                    "UNKNOWN_KEY",
                    "es256-unknown-kid es256-empty-kid es256-key-of-unknown-type es256-own-key jwe-unknown-kid"),
            Map.entry("KEY_MISSING", "rs256-no-kid"),
            Map.entry("BAD_SIGNATURE", """
                    es256-rogue es256-rogue-offers-key es256-changed-claims es256-changed-header es256-of-zeros es256-der
                    es256-no-signature es256-short-signature rs256-rogue rs256-other-key-of-set rs256-as-pss
                    eddsa-rogue eddsa-scalar-too-large eddsa-zero-added eddsa-zero-left-out eddsa-short-signature jwe-of-rogue-jws
                    """),
            Map.entry(
                    "DECRYPTION_FAILED",
                    "jwe-changed-tag jwe-changed-content jwe-changed-vector jwe-changed-header jwe-rogue"),
            Map.entry("MALFORMED", """
                    jwe-moved-tag jwe-no-tag jwe-encrypted-key jwe-long-vector jwe-no-enc jwe-of-jwe jwe-of-nothing
                    empty word two-parts four-parts six-parts space-before space-after padding stray-bit standard-alphabet
                    not-ascii header-empty header-no-json header-array header-twice-alg header-null-and-alg header-no-alg
                    header-alg-number header-kid-number header-deep claims-no-json claims-array claims-empty
                    claims-two-objects claims-deep claims-twice-nonce claims-twice-within claims-utf-16 claims-latin-1
                    nonce-number nonce-object nonce-too-long package-array device-true version-number iat-text iat-nan
                    iat-infinite iat-exponent iat-huge iat-endless iat-milliseconds iat-negative
                    """),
            Map.entry("OVERSIZED", "oversized"),
            Map.entry(
                    "CLAIM_MISSING", "no-nonce null-nonce blank-nonce no-package no-iat no-device no-app jwe-no-nonce"),
            Map.entry("WRONG_PACKAGE", "other-package"),
            Map.entry("TOO_OLD", "old"),
            Map.entry("FROM_THE_FUTURE", "future"),
            Map.entry("DEVICE_NOT_GENUINE", "rooted-device"),
            Map.entry("APP_NOT_GENUINE", "changed-app"));

    private final TokenVerifier verifier = Fixtures.verifier();

    private static Stream<Arguments> expected() {
        return EXPECTED.entrySet().stream()
                .flatMap(entry -> names(entry.getValue()).map(name -> arguments(name, entry.getKey())));
    }

    private static Stream<String> names(String list) {
        return Arrays.stream(list.strip().split("\\s+"));
    }

    @ParameterizedTest
    @MethodSource("expected")
    void aTokenIsGoodOrHasAFault(String name, String outcome) {
        assertThat(outcome(name)).isEqualTo(outcome);
    }

    @Test
    void theTableHasEveryToken() {
        List<String> inTable =
                EXPECTED.values().stream().flatMap(TokenVerifierTest::names).toList();

        assertThat(inTable)
                .containsExactlyInAnyOrderElementsOf(Fixtures.tokens().keySet());
    }

    /** All but the one that only a memory of nonces can find. */
    @Test
    void everyFaultIsReached() {
        Set<String> reached =
                Fixtures.tokens().keySet().stream().map(this::outcome).collect(Collectors.toSet());
        reached.add(outcome(verifier.verify(Fixtures.token("es256"), "jwe")));
        reached.add(outcome(new TokenVerifier(KeySource.none()).verify(Fixtures.token("es256"), "jws")));

        Set<String> all = EnumSet.complementOf(EnumSet.of(TokenFault.REPLAYED)).stream()
                .map(TokenFault::name)
                .collect(Collectors.toSet());
        all.add(GOOD);
        assertThat(reached).isEqualTo(all);
    }

    @Test
    void everyFaultIsExplainedInASentence() {
        assertThat(TokenFault.values())
                .extracting(TokenFault::explanation)
                .allMatch(sentence -> sentence.matches("[A-Z][^.]+\\."))
                .doesNotHaveDuplicates();
        assertThat(TokenFault.values()).filteredOn(fault -> !fault.isOfTheApp()).containsExactly(TokenFault.NO_KEYS);
    }

    @ParameterizedTest
    @CsvSource({"es256, jwe", "jwe, jws", "es256, JWS", "es256, ''", "es256, jwt", "word, paseto"})
    void aSchemeMustBeKnownAndBeTheTokens(String name, String scheme) {
        assertThat(verifier.verify(Fixtures.token(name), scheme)).isEqualTo(new Refused(TokenFault.UNKNOWN_SCHEME));
    }

    @ParameterizedTest
    @CsvSource({"es256", "rs256", "eddsa", "jwe", "jwe-of-jws", "jwe-of-jws-unsaid"})
    void theClaimsAreGivenOut(String name) {
        assertThat(verify(name))
                .isEqualTo(new Verified(
                        new TokenClaims("n-1", "example.shop.app", Fixtures.ISSUED_AT, "3.2.1", "genuine", "genuine")));
    }

    @Test
    void theVersionOfTheAppMayBeMissingAndSecondsMayHaveAFraction() {
        assertThat(claims("claims-no-version").appVersion()).isEmpty();
        assertThat(claims("claims-fraction-of-second").issuedAt()).isEqualTo(Fixtures.ISSUED_AT + 500);
    }

    /** The keys vouch for what a token claims, be it good or bad: rules differ in what they expect. */
    @ParameterizedTest
    @CsvSource({"other-package", "old", "future", "rooted-device", "changed-app"})
    void claimsThatATermRefusesAreVerified(String name) {
        assertThat(verify(name)).isInstanceOf(Verified.class);
    }

    @Test
    void withoutKeysNoTokenIsGood() {
        TokenVerifier keyless = new TokenVerifier(KeySource.none());

        assertThat(keyless.verify(Fixtures.token("es256"), "jws")).isEqualTo(new Refused(TokenFault.NO_KEYS));
        assertThat(keyless.verify(Fixtures.token("jwe"), "jwe")).isEqualTo(new Refused(TokenFault.NO_KEYS));
        assertThat(keyless.verify(Fixtures.token("none"), "jws")).isEqualTo(new Refused(TokenFault.ALGORITHM_NONE));
    }

    @Test
    void whatIsNotThereIsMalformed() {
        assertThat(verifier.verify(null, "jws")).isEqualTo(new Refused(TokenFault.MALFORMED));
        assertThat(verifier.verify(Fixtures.token("es256"), null)).isEqualTo(new Refused(TokenFault.UNKNOWN_SCHEME));
    }

    @Test
    void theLongestTokenThatIsLookedAtIsOf16Kib() {
        String longest = "x".repeat(TokenVerifier.LONGEST);

        assertThat(verifier.verify(longest, "jws")).isEqualTo(new Refused(TokenFault.MALFORMED));
        assertThat(verifier.verify(longest + "x", "jws")).isEqualTo(new Refused(TokenFault.OVERSIZED));
    }

    private TokenResult verify(String name) {
        return verifier.verify(Fixtures.token(name), Fixtures.scheme(name));
    }

    private TokenClaims claims(String name) {
        return ((Verified) verify(name)).claims();
    }

    private String outcome(String name) {
        return outcome(verify(name));
    }

    private static String outcome(TokenResult result) {
        if (result instanceof Refused refused) {
            return refused.fault().name();
        }
        Optional<TokenFault> fault = TERMS.fault(((Verified) result).claims(), RECEIVED_AT);
        return fault.map(TokenFault::name).orElse(GOOD);
    }
}
