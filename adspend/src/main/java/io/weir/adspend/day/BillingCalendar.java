package io.weir.adspend.day;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * Which day of a merchant an instant belongs to, and when that day starts and ends. Immutable.
 *
 * <p>Days are those of the merchant's zone, with 23, 24 or 25 hours as its clocks have it. A new zone counts from the first
 * local midnight of the old one that is not before the change; from then on a day is the later of the local date in the new
 * zone and the day after the last old one. So days follow one another without overlap, no date is used twice, and the day of
 * the move has up to 49 hours or is left out.
 *
 * <p>Where clocks went back over midnight (St. John's until 2011, from 00:01 to 23:01), the new day stays begun.
 */
public final class BillingCalendar {

    private final List<Span> spans;

    private BillingCalendar(List<Span> spans) {
        this.spans = spans;
    }

    /**
     * Calendar of a merchant.
     *
     * @param zones by the time at which they are asked for, milliseconds UTC; the first counts for all time before it;
     *     without any, days are those of UTC
     */
    public static BillingCalendar of(SortedMap<Long, ZoneId> zones) {
        List<Span> spans = new ArrayList<>();
        ZoneId first = zones.isEmpty() ? ZoneOffset.UTC : zones.get(zones.firstKey());
        spans.add(new Span(Long.MIN_VALUE, first, LocalDate.MIN));
        BillingCalendar calendar = new BillingCalendar(spans);
        zones.forEach(calendar::move);
        return new BillingCalendar(List.copyOf(spans));
    }

    /** Two moves for the same midnight leave the first an empty span: the one that was asked for last counts. */
    private void move(long asked, ZoneId zone) {
        if (zone.equals(last().zone())) {
            return;
        }
        LocalDate day = dayOf(asked);
        long from = startOf(day) == asked ? asked : endOf(day);
        spans.add(new Span(from, zone, dayOf(from - 1).plusDays(1)));
    }

    private Span last() {
        return spans.get(spans.size() - 1);
    }

    /**
     * The day of an instant.
     *
     * @param millis UTC
     */
    public LocalDate dayOf(long millis) {
        int i = spans.size() - 1;
        while (spans.get(i).from() > millis) {
            i--;
        }
        return spans.get(i).dayOf(millis);
    }

    /** The zone whose midnight ends a day of this calendar. */
    public ZoneId zoneOf(LocalDate day) {
        long end = endOf(day) - 1;
        int i = spans.size() - 1;
        while (spans.get(i).from() > end) {
            i--;
        }
        return spans.get(i).zone();
    }

    /**
     * The first instant of a day, milliseconds UTC. A day that a move left out has the same start as the one after it.
     *
     * @param day of this calendar
     */
    public long startOf(LocalDate day) {
        for (int i = 0; i < spans.size() - 1; i++) {
            long start = spans.get(i).startOf(day);
            if (start < spans.get(i + 1).from()) {
                return start;
            }
        }
        return last().startOf(day);
    }

    /**
     * The first instant after a day, milliseconds UTC.
     *
     * @param day of this calendar
     */
    public long endOf(LocalDate day) {
        return startOf(day.plusDays(1));
    }

    /**
     * A time in which one zone counts.
     *
     * @param from milliseconds UTC
     * @param zone that counts
     * @param firstDay no instant of this span belongs to an earlier day
     */
    private record Span(long from, ZoneId zone, LocalDate firstDay) {

        LocalDate dayOf(long millis) {
            LocalDate date = LocalDate.ofInstant(Instant.ofEpochMilli(millis), zone);
            LocalDate next = date.plusDays(1);
            LocalDate day = midnight(next) <= millis ? next : date;
            return day.isBefore(firstDay) ? firstDay : day;
        }

        long startOf(LocalDate day) {
            return day.isAfter(firstDay) ? Math.max(from, midnight(day)) : from;
        }

        private long midnight(LocalDate day) {
            return day.atStartOfDay(zone).toInstant().toEpochMilli();
        }
    }
}
