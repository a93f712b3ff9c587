package io.weir.adspend;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A merchant's days the plain way: a clock that walks through every minute and looks at the wall calendar. */
public final class WalkedDays {

    /** A zone that is asked for, in the order of time. */
    public record Move(Instant asked, ZoneId zone) {}

    private final Map<Instant, LocalDate> days = new LinkedHashMap<>();

    /** Both ends are whole minutes; before {@code from} the first zone counts. */
    public WalkedDays(List<Move> moves, Instant from, Instant to) {
        ZoneId zone = moves.get(0).zone();
        LocalDate day = from.atZone(zone).toLocalDate();
        for (Instant minute = from; minute.isBefore(to); minute = minute.plus(Duration.ofMinutes(1))) {
            LocalDate local = minute.atZone(zone).toLocalDate();
            if (local.isAfter(day)) {
                zone = asked(moves, minute);
                LocalDate there = minute.atZone(zone).toLocalDate();
                LocalDate next = day.plusDays(1);
                day = there.isAfter(next) ? there : next;
            }
            days.put(minute, day);
        }
    }

    private static ZoneId asked(List<Move> moves, Instant minute) {
        ZoneId zone = moves.get(0).zone();
        for (Move move : moves) {
            if (!move.asked().isAfter(minute)) {
                zone = move.zone();
            }
        }
        return zone;
    }

    /** Every minute and its day. */
    public Map<Instant, LocalDate> byMinute() {
        return days;
    }

    /** Day of a minute. */
    public LocalDate at(Instant minute) {
        return days.get(minute);
    }

    /** First minute of a day. */
    public Instant first(LocalDate day) {
        return days.entrySet().stream()
                .filter(entry -> entry.getValue().equals(day))
                .findFirst()
                .orElseThrow()
                .getKey();
    }
}
