package io.weir.intake.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.DeadLetterReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events as Weir prints them come back in. */
class WeirJsonTest {

    private static final String EVENT = """
            {"event_id":"e-1","kind":"interaction","occurred_at":"2026-03-01T11:00:00.000Z","received_at":"2026-03-01T11:00:01.000Z",
             "visitor_id":"v-1","page":{"url":"https://shop.example/a","path":"/a"},"acquisition":{"channel":"affiliate","source":"x"},
             "client":{"user_agent":"u","browser":"B","is_bot":true,"ip_hash":"00ff","library":"js","library_version":"1"},
             "origin":{"topic":"segment","partition":9,"offset":900,"clock":"2026-03-01T11:59:00.000Z"},
             "interaction":{"name":"Garden Visited","properties":{"a":1}}}""";

    private final Desk desk = new Desk();

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void eventKeepsItsEnrichmentAndGetsANewOrigin() {
        Admitted admitted = Desk.onlyAdmitted(desk.weir(EVENT));

        assertThat(Desk.json(admitted.event()))
                .isEqualTo(
                        Desk.json(
                                EVENT.replaceFirst(
                                        "\"origin\":\\{[^}]*}",
                                        "\"origin\":{\"topic\":\"weir\",\"partition\":3,\"offset\":42,\"clock\":\"2026-03-01T11:00:00.000Z\"}")));
        assertThat(admitted.label()).isEqualTo(new EventLabel("weir", "Garden Visited", "js", "1"));
    }

    @ParameterizedTest(name = "{2} {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "visitor_id":"v-1",                | ~~                                  | MISSING_FIELD      | /visitor_id
            "visitor_id":"v-1"                 | "visitor_id":1                      | WRONG_TYPE         | /visitor_id
            "event_id":"e-1"                   | "event_id":"\\u0001"                | INVALID_IDENTIFIER | /event_id
            "kind":"interaction"               | "kind":"click"                      | WRONG_TYPE         | /kind
            "kind":"interaction"               | "kind":"dance"                      | WRONG_TYPE         | /kind
            "interaction":{"name":             | "other":{"name":                    | WRONG_TYPE         | /other
            2026-03-01T11:00:00.000Z           | 1999-01-01T00:00:00.000Z            | TOO_OLD            | /occurred_at
            https://shop.example/a             | nowhere                             | INVALID_URL        | /page/url
            """)
    void eventIsRefused(String from, String to, DeadLetterReason reason, String field) {
        Refused refused = Desk.onlyRefused(desk.weir(EVENT.replace(from, to)));

        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.field()).isEqualTo(field);
    }

    @Test
    void eventWithoutOriginIdAndTimeOfReceptionGetsThemFromTheMessage() {
        Admitted admitted = Desk.onlyAdmitted(
                desk.weir(
                        "{\"kind\":\"page_view\",\"occurred_at\":\"2026-03-01T11:00:00.000Z\",\"visitor_id\":\"v\",\"page_view\":{}}"));

        assertThat(admitted.event().getEventId()).hasSize(36);
        assertThat(admitted.event().getReceivedAt()).isEqualTo(Desk.APPENDED);
    }
}
