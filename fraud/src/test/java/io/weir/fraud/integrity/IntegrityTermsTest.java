package io.weir.fraud.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.RuleIntegrity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntegrityTermsTest {

    private static final long NOON = 43_200_000;

    /** Of a token issued at noon: when its event was received, milliseconds after. */
    @ParameterizedTest
    @CsvSource({
        "0,                    ",
        "300000,               ",
        "300001,               TOO_OLD",
        "-60000,               ",
        "-60001,               FROM_THE_FUTURE",
        "9000000000000000000,  TOO_OLD",
        "-9000000000000000000, FROM_THE_FUTURE",
    })
    void aTokenIsAsOldAsItWasWhenItsEventWasReceived(long after, TokenFault fault) {
        IntegrityTerms terms = terms(List.of());

        assertThat(terms.fault(claims("a", "genuine", "genuine"), NOON + after)).isEqualTo(Optional.ofNullable(fault));
    }

    @Test
    void withoutPackagesAnyIsExpected() {
        assertThat(terms(List.of()).fault(claims("b", "genuine", "genuine"), NOON))
                .isEmpty();
        assertThat(terms(List.of("a", "b")).fault(claims("b", "genuine", "genuine"), NOON))
                .isEmpty();
        assertThat(terms(List.of("a")).fault(claims("b", "genuine", "genuine"), NOON))
                .contains(TokenFault.WRONG_PACKAGE);
    }

    @Test
    void ofSeveralFaultsTheWorstIsSaid() {
        long late = NOON + 3_600_000;

        assertThat(terms(List.of("a")).fault(claims("b", "rooted", "changed"), late))
                .contains(TokenFault.WRONG_PACKAGE);
        assertThat(terms(List.of("a")).fault(claims("a", "rooted", "changed"), late))
                .contains(TokenFault.DEVICE_NOT_GENUINE);
        assertThat(terms(List.of("a")).fault(claims("a", "genuine", "changed"), late))
                .contains(TokenFault.APP_NOT_GENUINE);
        assertThat(terms(List.of("a")).fault(claims("a", "genuine", "genuine"), late))
                .contains(TokenFault.TOO_OLD);
    }

    private static IntegrityTerms terms(List<String> packages) {
        return IntegrityTerms.of(new RuleIntegrity(packages, 300_000L));
    }

    private static TokenClaims claims(String packageName, String device, String app) {
        return new TokenClaims("n-1", packageName, NOON, "1", device, app);
    }
}
