package io.weir.intake.admission.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T12:00:00Z, 2026-03-01T12:00:00Z",
        "2026-03-01T12:00:00.1Z, 2026-03-01T12:00:00.100Z",
        "2026-03-01T12:00:00.123999999Z, 2026-03-01T12:00:00.123Z",
        "2026-03-01T12:00:00.123+02:00, 2026-03-01T10:00:00.123Z",
        "2026-03-01T12:00:00-0530, 2026-03-01T17:30:00Z",
        "2026-03-01T12:00Z, 2026-03-01T12:00:00Z",
        "2026-03-01 12:00:00Z, 2026-03-01T12:00:00Z",
        "2026-03-01t12:00:00z, 2026-03-01T12:00:00Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
        "2000-02-29T23:59:59.999Z, 2000-02-29T23:59:59.999Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z"
    })
    void timestampIsReadToTheMillisecond(String text, Instant expected) {
        assertThat(Timestamps.parse(text)).hasValue(expected.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-03-01",
                "2026-03-01T12:00:00",
                "2026-02-29T00:00:00Z",
                "1900-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-04-31T00:00:00Z",
                "2026-03-01T25:00:00Z",
                "2026-03-01T12:60:00Z",
                "2026-03-01T12:00:60Z",
                "2026-03-01T12:00:00.12345678901Z",
                "2026-03-01T12:00:00+99:00",
                "1772366400000",
                "２０２６-03-01T12:00:00Z",
                "2026-03-01T12:00:00ZZ",
                "0000000000000000000000",
                "+292278994-08-17T07:12:55.808Z"
            })
    void whatIsNoTimestampIsNone(String text) {
        assertThat(Timestamps.parse(text)).isEmpty();
    }

    @Property
    void everyMillisecondIsReadBack(
            @ForAll @LongRange(min = -62_000_000_000_000L, max = 253_402_300_799_999L) long millis) {
        String text = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
                .withZone(ZoneOffset.UTC)
                .format(Instant.ofEpochMilli(millis));

        assertThat(Timestamps.parse(text)).hasValue(millis);
    }
}
