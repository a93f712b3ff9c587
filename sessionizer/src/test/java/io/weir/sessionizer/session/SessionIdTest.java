package io.weir.sessionizer.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionIdTest {

    @Test
    void idIsTheVisitorAndTheOpeningTimeInBase36() {
        assertThat(new SessionId(1_772_359_200_000L, 1).of("v")).isEqualTo("v-mm7kwn40");
    }

    @ParameterizedTest
    @CsvSource({"v,1", "v,2", "a-b-c,1", "a-b-c,17", "mm7hjzy8-mm7hjzy8,3", "c:42,1"})
    void idIsReadAsItWasWritten(String visitor, int part) {
        SessionId id = new SessionId(1_772_359_200_000L, part);

        assertThat(SessionId.parse(id.of(visitor))).contains(new SessionId.Named(visitor, id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v", "v-", "-2", "v-mm7hjzy8-", "v-mm7hjzy8-x", "v-MM_HJZY8", "v-zzzzzzzzzzzzzzzzzz"})
    void whatIsNoIdIsNone(String text) {
        assertThat(SessionId.parse(text)).isEmpty();
    }
}
