package io.weir.intake.dedupe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class EventFingerprintTest {

    private final EventFingerprint fingerprints = new EventFingerprint();

    @Test
    void isTheHashOfTheVisitorAndTheBeginningOfSha256OfVisitorZeroAndEvent() {
        // 31 * (31 * (31 * 1 + 'v') + '-') + '1', then printf 'v-1\0e-1' | sha256sum
        assertThat(of("v-1", "e-1")).isEqualTo("000234f9" + "a21d2db8ad80c60223311695");
    }

    @Test
    void doesNotDependOnWhatWasFingerprintedBefore() {
        String first = of("v-1", "e-1");
        of("v-2", "e-2");

        assertThat(of("v-1", "e-1")).isEqualTo(first);
    }

    @Test
    void keepsVisitorAndEventApart() {
        assertThat(of("v-1", "1e")).isNotEqualTo(of("v-11", "e"));
    }

    private String of(String visitorId, String eventId) {
        byte[] fingerprint = new byte[EventFingerprint.LENGTH];
        fingerprints.write(visitorId.getBytes(UTF_8), eventId, fingerprint, 0);
        return HexFormat.of().formatHex(fingerprint);
    }
}
