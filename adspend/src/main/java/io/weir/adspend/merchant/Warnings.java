package io.weir.adspend.merchant;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.adspend.account.PriceSource;
import io.weir.adspend.budget.Budget;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells operators of what is delivered and cannot be billed: a counter for all of it, a line for each merchant and day. */
final class Warnings {

    private static final Logger LOG = LoggerFactory.getLogger(Warnings.class);
    /** Days of merchants that have been told of, for each task. */
    private static final int REMEMBERED = 1_000;

    private final Map<PriceSource, Counter> delivered = new EnumMap<>(PriceSource.class);
    private final Counter unadjustable;
    private final Counter forgotten;
    private final boolean live;
    private final Map<String, LocalDate> told = new HashMap<>();
    private LocalDate newest = LocalDate.MIN;

    /** @param live whether someone can act on it now; recorded input is only counted */
    Warnings(MeterRegistry meters, boolean live) {
        this.live = live;
        for (PriceSource source : PriceSource.values()) {
            delivered.put(
                    source,
                    Counter.builder("weir.adspend.interactions")
                            .description("Interactions on the accounts, by where their price came from")
                            .tag("price", source.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .register(meters));
        }
        this.unadjustable = Counter.builder("weir.adspend.unadjustable")
                .description("Corrections of closed days in a currency that the next statement does not have")
                .register(meters);
        this.forgotten = Counter.builder("weir.adspend.verdicts.forgotten")
                .description("Verdicts on interactions of days that are not kept any more")
                .register(meters);
    }

    void delivered(String merchant, LocalDate day, PriceSource source) {
        delivered.get(source).increment();
        boolean unbilled = source == PriceSource.UNPRICED || source == PriceSource.CURRENCY_MISMATCH;
        if (unbilled && live && isNew(merchant, day)) {
            LOG.warn(
                    "Merchant {} on {}: delivery that is not billed ({}); a budget with a price for it, in its currency,"
                            + " bills it as long as the day is open",
                    merchant,
                    day,
                    source == PriceSource.UNPRICED ? "no price" : "its price is in another currency");
        }
    }

    /** Later days alone, and of so many merchants: whoever is warned of a thousand looks at the metric. */
    private boolean isNew(String merchant, LocalDate day) {
        if (day.isAfter(newest)) {
            newest = day;
            told.values().removeIf(day.minusDays(2)::isAfter);
        }
        LocalDate last = told.get(merchant);
        boolean isNew = last == null ? told.size() < REMEMBERED : day.isAfter(last);
        if (isNew) {
            told.put(merchant, day);
        }
        return isNew;
    }

    /** @param billableFrom when the budget counts at the earliest, milliseconds UTC */
    void backdated(String merchant, Budget budget, long billableFrom) {
        if (live && budget.effectiveFrom() != null && budget.effectiveFrom() < billableFrom) {
            LOG.warn(
                    "Merchant {}: version {} of its budget is to count from {}, and counts from {}: what was before is closed, or not"
                            + " known any more",
                    merchant,
                    budget.version(),
                    Instant.ofEpochMilli(budget.effectiveFrom()),
                    Instant.ofEpochMilli(billableFrom));
        }
    }

    /** Whoever gives verdicts is days behind: what they are on cannot be taken off the bill. */
    void forgotten(String merchant, String eventId, String rule) {
        forgotten.increment();
        LOG.warn(
                "Merchant {}: a verdict of {} on {} came when nothing was known of its day any more, and changes nothing",
                merchant,
                rule,
                eventId);
    }

    void unadjustable(String merchant, LocalDate closed, LocalDate day) {
        unadjustable.increment();
        LOG.warn(
                "Merchant {}: a correction of {} is in another currency than {} and is on no statement",
                merchant,
                closed,
                day);
    }
}
