package io.weir.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.intake.admission.EventLabel;
import io.weir.intake.quality.ClientHealth;
import io.weir.intake.quality.QualityKey;
import io.weir.schemas.DeadLetterReason;
import io.weir.schemas.EventKind;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AdmittedEventTest {

    private static final QualityKey KEY =
            QualityKey.of(1_772_368_200_000L, new EventLabel("collector.web", "page_view", null, "4.1"));

    @Property(tries = 300)
    void survivesTheWayThroughATopic(
            @ForAll EventKind kind,
            @ForAll boolean late,
            @ForAll DeadLetterReason observed,
            @ForAll boolean reports,
            @ForAll long sent,
            @ForAll @Size(16) byte[] fingerprint,
            @ForAll byte[] avro) {
        ClientHealth report = reports ? new ClientHealth(sent, 2, 1) : null;

        AdmittedEvent read =
                AdmittedEvent.read(new AdmittedEvent(kind, late, observed, fingerprint, report, KEY, avro).write());

        assertThat(read.kind()).isEqualTo(kind);
        assertThat(read.late()).isEqualTo(late);
        assertThat(read.observed()).isEqualTo(observed);
        assertThat(read.fingerprint()).isEqualTo(fingerprint);
        assertThat(read.report()).isEqualTo(report);
        assertThat(read.quality()).isEqualTo(KEY);
        assertThat(read.avro()).isEqualTo(avro);
    }

    @Test
    void aLayoutOfAnotherBuildIsNotGuessedAt() {
        assertThatThrownBy(() -> AdmittedEvent.read(new byte[] {9, 1, 0, 0}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The internal topic that re-keys events has a record of layout 9, expected 1: a newer build"
                        + " wrote it; run that build.");
    }
}
