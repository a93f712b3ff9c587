package io.weir.adspend;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A merchant's statements the plain way: all events sorted, each priced by the budget of its time, summed up in decimals.
 * Shares nothing with what it checks.
 */
public final class PlainStatement {

    /** Cap and prices in micros; each may be null. */
    public record Rates(Long cap, Long click, Long thousand, Long video) {}

    /** A version of the budget. */
    public record Plan(
            Instant from, long version, ZoneId zone, String currency, Rates merchant, Map<String, Rates> campaigns) {

        Instant counts() {
            Instant minute = from.truncatedTo(ChronoUnit.MINUTES);
            return minute.equals(from) ? minute : minute.plus(Duration.ofMinutes(1));
        }

        Rates rates(String campaign) {
            return campaign == null ? null : campaigns.get(campaign);
        }
    }

    /** An event, and whether it is invalid when all is said. Kinds: impression, click, video. */
    public record Shown(
            String id, String kind, Instant at, String campaign, Long price, String currency, boolean invalid) {}

    /** Amounts of a merchant or campaign: nanos that decide, micros as the statement has them. */
    public record Figures(
            long events,
            long invalidEvents,
            long unpriced,
            long mismatches,
            long billedNanos,
            long grossMicros,
            long invalidMicros,
            long validMicros,
            long billedMicros,
            long absorbedMicros) {}

    private static final BigDecimal NO_LIMIT = new BigDecimal("1e30");

    private final List<Plan> plans;
    private final List<Shown> events;
    private final WalkedDays days;

    /** All events and budgets lie between {@code from} and {@code to}. */
    public PlainStatement(List<Plan> plans, List<Shown> events, Instant from, Instant to) {
        this.plans = inForce(plans);
        this.events = new ArrayList<>(events);
        this.events.sort(Comparator.comparing(Shown::at).thenComparing(Shown::id));
        List<WalkedDays.Move> moves = this.plans.stream()
                .map(plan -> new WalkedDays.Move(plan.counts(), plan.zone()))
                .toList();
        this.days = new WalkedDays(moves, from, to);
    }

    /** Sorted by time, and of those of the same minute the one of the highest version. */
    private static List<Plan> inForce(List<Plan> all) {
        return all.stream()
                .filter(plan -> all.stream()
                        .noneMatch(other -> other.counts().equals(plan.counts()) && other.version() > plan.version()))
                .sorted(Comparator.comparing(Plan::counts))
                .toList();
    }

    public LocalDate dayOf(Instant at) {
        return days.at(at.truncatedTo(ChronoUnit.MINUTES));
    }

    /** By campaign, and the whole under "". */
    public Map<String, Figures> figures(LocalDate day) {
        List<Plan> active = active(day);
        List<Priced> priced = new ArrayList<>();
        for (Shown event : events) {
            if (dayOf(event.at()).equals(day)) {
                priced.add(price(event, active));
            }
        }
        Map<String, Figures> figures = new TreeMap<>();
        BigDecimal billable = BigDecimal.ZERO;
        List<String> campaigns =
                priced.stream().map(p -> p.event().campaign()).distinct().toList();
        for (String campaign : campaigns) {
            List<Priced> part = priced.stream()
                    .filter(p -> Objects.equals(p.event().campaign(), campaign))
                    .toList();
            BigDecimal cap = cap(
                    active,
                    plan -> plan.rates(campaign) == null
                            ? null
                            : plan.rates(campaign).cap(),
                    part);
            BigDecimal billed = valid(part).min(cap);
            billable = billable.add(billed);
            if (campaign != null) {
                figures.put(campaign, figures(part, billed));
            }
        }
        BigDecimal cap = cap(active, plan -> plan.merchant().cap(), priced);
        figures.put("", figures(priced, billable.min(cap)));
        return figures;
    }

    /** What an event costs, nanos. */
    public long nanosOf(Shown event) {
        return price(event, active(dayOf(event.at())))
                .micros()
                .movePointRight(3)
                .longValueExact();
    }

    private List<Plan> active(LocalDate day) {
        Plan first = plans.get(0);
        if (day.isBefore(days.at(first.counts()))) {
            return List.of();
        }
        Instant start = days.first(day);
        Plan opening = first;
        List<Plan> later = new ArrayList<>();
        for (Plan plan : plans) {
            if (!plan.counts().isAfter(start)) {
                opening = plan;
            } else if (days.at(plan.counts()).equals(day)) {
                later.add(plan);
            }
        }
        String currency = opening.currency();
        later.removeIf(plan -> !plan.currency().equals(currency));
        later.remove(opening);
        later.add(0, opening);
        return later;
    }

    private record Priced(Shown event, BigDecimal micros, boolean unpriced, boolean mismatch) {}

    private static Priced price(Shown event, List<Plan> active) {
        if (active.isEmpty()) {
            return new Priced(event, BigDecimal.ZERO, true, false);
        }
        Plan plan = active.get(0);
        for (Plan next : active.subList(1, active.size())) {
            if (!next.counts().isAfter(event.at())) {
                plan = next;
            }
        }
        if (event.price() != null) {
            boolean other = event.currency() != null && !event.currency().equals(plan.currency());
            return new Priced(event, other ? BigDecimal.ZERO : BigDecimal.valueOf(event.price()), false, other);
        }
        BigDecimal rate = rate(event.kind(), plan.rates(event.campaign()));
        if (rate == null) {
            rate = rate(event.kind(), plan.merchant());
        }
        return new Priced(event, rate == null ? BigDecimal.ZERO : rate, rate == null, false);
    }

    private static BigDecimal rate(String kind, Rates rates) {
        if (rates == null) {
            return null;
        }
        Long micros = switch (kind) {
            case "click" -> rates.click();
            case "impression" -> rates.thousand();
            default -> rates.video();
        };
        if (micros == null) {
            return null;
        }
        BigDecimal decimal = BigDecimal.valueOf(micros);
        return "impression".equals(kind) ? decimal.movePointLeft(3) : decimal;
    }

    private interface Cap {
        Long of(Plan plan);
    }

    private static BigDecimal cap(List<Plan> active, Cap cap, List<Priced> part) {
        BigDecimal effective = NO_LIMIT;
        for (int i = 0; i < active.size(); i++) {
            Long micros = cap.of(active.get(i));
            BigDecimal asked = micros == null ? NO_LIMIT : BigDecimal.valueOf(micros);
            if (i == 0) {
                effective = asked;
                continue;
            }
            Instant since = active.get(i).counts();
            BigDecimal before = valid(
                    part.stream().filter(p -> p.event().at().isBefore(since)).toList());
            effective = asked.max(effective.min(before));
        }
        return effective;
    }

    private static BigDecimal valid(List<Priced> part) {
        return part.stream()
                .filter(p -> !p.event().invalid())
                .map(Priced::micros)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Figures figures(List<Priced> part, BigDecimal billed) {
        BigDecimal all = part.stream().map(Priced::micros).reduce(BigDecimal.ZERO, BigDecimal::add);
        long billedMicros = floor(billed);
        long absorbed = floor(valid(part).subtract(billed));
        long invalid = floor(all.subtract(valid(part)));
        return new Figures(
                part.size(),
                part.stream().filter(p -> p.event().invalid()).count(),
                part.stream().filter(Priced::unpriced).count(),
                part.stream().filter(Priced::mismatch).count(),
                billed.movePointRight(3).longValueExact(),
                billedMicros + absorbed + invalid,
                invalid,
                billedMicros + absorbed,
                billedMicros,
                absorbed);
    }

    private static long floor(BigDecimal micros) {
        return micros.setScale(0, RoundingMode.FLOOR).longValueExact();
    }
}
