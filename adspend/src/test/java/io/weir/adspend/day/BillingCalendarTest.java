package io.weir.adspend.day;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.adspend.WalkedDays;
import io.weir.adspend.WalkedDays.Move;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BillingCalendarTest {

    @ParameterizedTest
    @CsvSource({
        "Europe/Paris,        2019-03-31, 2019-03-30T23:00:00Z, 1380",
        "Europe/Paris,        2019-10-27, 2019-10-26T22:00:00Z, 1500",
        "America/New_York,    2026-03-08, 2026-03-08T05:00:00Z, 1380",
        "America/New_York,    2026-11-01, 2026-11-01T04:00:00Z, 1500",
        "Pacific/Chatham,     2021-09-26, 2021-09-25T11:15:00Z, 1380",
        "Pacific/Chatham,     2021-04-04, 2021-04-03T10:15:00Z, 1500",
        "Australia/Lord_Howe, 2021-10-03, 2021-10-02T13:30:00Z, 1410",
        "Asia/Kolkata,        2026-05-01, 2026-04-30T18:30:00Z, 1440",
        "Asia/Kathmandu,      2026-05-01, 2026-04-30T18:15:00Z, 1440",
        "Australia/Eucla,     2026-05-01, 2026-04-30T15:15:00Z, 1440",
        "Asia/Jakarta,        2026-05-01, 2026-04-30T17:00:00Z, 1440",
        // Midnight itself does not exist.
        "America/Sao_Paulo,   2018-11-04, 2018-11-04T03:00:00Z, 1380",
        // The clocks go back from midnight, so that 23:00 of the old day comes twice.
        "America/Sao_Paulo,   2018-02-17, 2018-02-17T02:00:00Z, 1500",
        // The clocks go back from 00:01 of the new day, which stays begun.
        "America/St_Johns,    2010-11-06, 2010-11-06T02:30:00Z, 1440",
        "America/St_Johns,    2010-11-07, 2010-11-07T02:30:00Z, 1500",
        // A date that the zone left out.
        "Pacific/Apia,        2011-12-30, 2011-12-30T10:00:00Z, 0",
    })
    void aDayIsAsLongAsTheZonesClocksHaveIt(ZoneId zone, LocalDate day, Instant start, long minutes) {
        BillingCalendar calendar = calendar(new Move(Instant.EPOCH, zone));

        assertThat(Instant.ofEpochMilli(calendar.startOf(day))).isEqualTo(start);
        assertThat(Instant.ofEpochMilli(calendar.endOf(day))).isEqualTo(start.plus(Duration.ofMinutes(minutes)));
        if (minutes > 0) {
            assertThat(calendar.dayOf(start.toEpochMilli())).isEqualTo(day);
            assertThat(calendar.dayOf(calendar.endOf(day) - 1)).isEqualTo(day);
        }
        assertThat(calendar.dayOf(start.toEpochMilli() - 1)).isEqualTo(day.minusDays(1));
    }

    @Test
    void withoutAZoneDaysAreThoseOfUtc() {
        BillingCalendar calendar = calendar();

        assertThat(calendar.startOf(LocalDate.parse("2026-05-01"))).isEqualTo(millis("2026-05-01T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        // from,             to,                 asked,                day,        start,                end
        // The day of the move is the longer one.
        "UTC,                America/New_York,   2026-05-10T12:00:00Z, 2026-05-10, 2026-05-10T00:00:00Z, 2026-05-11T00:00:00Z",
        "UTC,                America/New_York,   2026-05-10T12:00:00Z, 2026-05-11, 2026-05-11T00:00:00Z, 2026-05-12T04:00:00Z",
        // A move at the midnight itself counts from it.
        "UTC,                America/New_York,   2026-05-11T00:00:00Z, 2026-05-11, 2026-05-11T00:00:00Z, 2026-05-12T04:00:00Z",
        "UTC,                Asia/Jakarta,       2026-05-10T12:00:00Z, 2026-05-11, 2026-05-11T00:00:00Z, 2026-05-11T17:00:00Z",
        "Pacific/Kiritimati, Pacific/Pago_Pago,  2026-05-10T09:59:00Z, 2026-05-11, 2026-05-10T10:00:00Z, 2026-05-12T11:00:00Z",
        // A date that the move leaves out.
        "Pacific/Pago_Pago,  Pacific/Kiritimati, 2026-05-10T12:00:00Z, 2026-05-11, 2026-05-11T11:00:00Z, 2026-05-11T11:00:00Z",
        "Pacific/Pago_Pago,  Pacific/Kiritimati, 2026-05-10T12:00:00Z, 2026-05-12, 2026-05-11T11:00:00Z, 2026-05-12T10:00:00Z",
    })
    void aMoveCountsFromTheNextMidnightOfTheOldZone(
            ZoneId from, ZoneId to, Instant asked, LocalDate day, Instant start, Instant end) {
        BillingCalendar calendar = calendar(new Move(Instant.EPOCH, from), new Move(asked, to));

        assertThat(Instant.ofEpochMilli(calendar.startOf(day))).isEqualTo(start);
        assertThat(Instant.ofEpochMilli(calendar.endOf(day))).isEqualTo(end);
    }

    @Test
    void aMoveThatIsCalledOffOnTheSameDayDoesNotHappen() {
        ZoneId utc = ZoneId.of("UTC");
        BillingCalendar calendar = calendar(
                new Move(Instant.EPOCH, utc),
                new Move(Instant.parse("2026-05-10T08:00:00Z"), ZoneId.of("Asia/Tokyo")),
                new Move(Instant.parse("2026-05-10T20:00:00Z"), utc));

        assertThat(calendar.endOf(LocalDate.parse("2026-05-11"))).isEqualTo(millis("2026-05-12T00:00:00Z"));
    }

    @Property(tries = 300)
    void everyMinuteBelongsToTheDayThatAWalkThroughTheCalendarFinds(
            @ForAll("starts") Instant start,
            @ForAll("zones") ZoneId first,
            @ForAll("moves") Map<Integer, ZoneId> changes) {
        List<Move> moves = new ArrayList<>(List.of(new Move(Instant.EPOCH, first)));
        new TreeMap<>(changes).forEach((hour, zone) -> moves.add(new Move(start.plus(Duration.ofHours(hour)), zone)));
        BillingCalendar calendar = calendar(moves.toArray(Move[]::new));

        WalkedDays walked = new WalkedDays(moves, start.minus(Duration.ofDays(2)), start.plus(Duration.ofDays(7)));

        walked.byMinute()
                .forEach((minute, day) ->
                        assertThat(calendar.dayOf(minute.toEpochMilli())).isEqualTo(day));
        Set<LocalDate> days = new LinkedHashSet<>(walked.byMinute().values());
        days.remove(days.iterator().next());
        for (LocalDate day : days) {
            assertThat(Instant.ofEpochMilli(calendar.startOf(day))).isEqualTo(walked.first(day));
        }
    }

    @Provide
    Arbitrary<Instant> starts() {
        return Arbitraries.of("2019-03-30", "2019-10-26", "2018-11-03", "2018-02-16", "2021-04-02", "2011-12-29")
                .map(day -> Instant.parse(day + "T00:00:00Z"));
    }

    @Provide
    Arbitrary<Map<Integer, ZoneId>> moves() {
        return Arbitraries.maps(Arbitraries.integers().between(0, 72), zones()).ofMaxSize(4);
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(
                        "UTC",
                        "Europe/Paris",
                        "America/New_York",
                        "America/Sao_Paulo",
                        "Asia/Kathmandu",
                        "Australia/Lord_Howe",
                        "Pacific/Chatham",
                        "Pacific/Apia",
                        "Pacific/Kiritimati",
                        "Pacific/Pago_Pago")
                .map(ZoneId::of);
    }

    private static BillingCalendar calendar(Move... moves) {
        SortedMap<Long, ZoneId> zones = new TreeMap<>();
        for (Move move : moves) {
            zones.put(move.asked().toEpochMilli(), move.zone());
        }
        return BillingCalendar.of(zones);
    }

    private static long millis(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
