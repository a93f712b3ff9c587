package io.weir.adspend.merchant;

import io.weir.adspend.account.Amounts;
import io.weir.adspend.account.Change;
import io.weir.adspend.account.Interaction;
import io.weir.adspend.account.Price;
import io.weir.adspend.account.Pricing;
import io.weir.adspend.budget.DayTerms;
import io.weir.adspend.cap.Cause;
import io.weir.adspend.ledger.Movement;
import io.weir.core.verdict.Verdict;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Puts interactions, and verdicts on them, on the accounts of their day, and what moves into the ledger. */
final class Posting {

    private final Books books;
    private final DayOpening days;
    private final Ledger ledger;
    private final Caps caps;
    private final Warnings warnings;
    private final MerchantOutput out;

    Posting(Books books, DayOpening days, Ledger ledger, Caps caps, Warnings warnings, MerchantOutput out) {
        this.books = books;
        this.days = days;
        this.ledger = ledger;
        this.caps = caps;
        this.warnings = warnings;
        this.out = out;
    }

    /**
     * An interaction that has not been counted.
     *
     * @param remembered what is known of it; to be put back
     * @param now milliseconds UTC
     * @throws ArithmeticException if the day's sums do not fit; nothing is changed then
     */
    void deliver(Merchant merchant, Interaction interaction, Remembered remembered, long now) {
        Optional<Verdict> standing = remembered.verdicts().standing();
        boolean valid = !interaction.bot() && standing.isEmpty();
        LocalDate day = merchant.dayOf(interaction.occurredAt());
        Price price = price(merchant, day, interaction);
        Amounts amounts = Amounts.of(interaction, price, valid);
        remembered.came(interaction);

        Ledger.Cause cause = Ledger.Cause.of(interaction, price, valid ? Optional.empty() : standing);
        post(merchant, day, amounts, cause, remembered, true, now);

        countMinute(merchant, interaction, counts -> counts.add(interaction, valid), now);
        warnings.delivered(merchant.id(), day, price.source());
    }

    /**
     * A verdict has made an interaction invalid, or valid again.
     *
     * @param remembered the interaction and its verdicts; to be put back
     * @param verdict that did
     * @param now milliseconds UTC
     */
    void judge(Merchant merchant, Remembered remembered, Verdict verdict, boolean nowValid, long now) {
        Interaction interaction = remembered.interaction();
        LocalDate day = merchant.dayOf(interaction.occurredAt());
        Price price = price(merchant, day, interaction);
        Amounts amounts = Amounts.of(interaction, price, nowValid)
                .plus(Amounts.of(interaction, price, !nowValid).negated());

        Ledger.Cause cause = Ledger.Cause.of(interaction, price, Optional.of(verdict));
        post(merchant, day, amounts, cause, remembered, false, now);

        countMinute(merchant, interaction, counts -> counts.move(interaction, nowValid), now);
    }

    private static Price price(Merchant merchant, LocalDate day, Interaction interaction) {
        return Pricing.of(interaction, merchant.terms(day).at(interaction.minute()));
    }

    private void post(
            Merchant merchant,
            LocalDate day,
            Amounts amounts,
            Ledger.Cause cause,
            Remembered remembered,
            boolean delivered,
            long now) {
        Interaction interaction = cause.interaction();
        DayTerms terms = merchant.terms(day);
        String campaign = interaction.campaign();
        MerchantDay whole = days.dayOf(merchant, day);
        ScopeDay part = books.days().campaign(merchant.id(), day, campaign, terms);
        Change change = Change.of(
                whole.scope().account(),
                part.account(),
                whole.campaignsBilledNanos(),
                terms,
                campaign,
                interaction.minute(),
                amounts);
        whole.scope(whole.scope().with(change.merchant()));
        whole.campaignsBilled(change.campaignsBilledNanos());
        part = part.with(change.campaign());
        if (delivered) {
            whole.seen(interaction.occurredAt(), interaction.occurredAt());
        }
        if (delivered && amounts.validNanos() > 0) {
            whole.scope(whole.scope().spent(amounts.validNanos(), interaction.occurredAt()));
            part = part.spent(amounts.validNanos(), interaction.occurredAt());
        }
        if (merchant.isClosed(day)) {
            adjust(merchant, day, change.billed(), cause, remembered, now);
        } else {
            List<Movement> movements = Movement.ofOpenDay(change.billed(), change.absorbed(), change.invalid());
            for (Movement movement : movements) {
                enter(merchant, day, null, whole, movement, cause, remembered, now);
            }
        }
        books.days().put(merchant.id(), day, whole);
        books.days().put(merchant.id(), day, campaign, part);
        if (day.equals(merchant.today())) {
            Cause why = delivered ? Cause.SPEND : Cause.CREDIT;
            caps.look(merchant, campaign, whole, part, why, interaction.eventId(), now);
        }
    }

    /** A closed day's statement stays: what differs is on the next one. */
    private void adjust(
            Merchant merchant, LocalDate closed, long billed, Ledger.Cause cause, Remembered remembered, long now) {
        long correction = remembered.withoutLost(billed);
        List<Movement> movements = Movement.ofClosedDay(correction);
        if (movements.isEmpty()) {
            return;
        }
        LocalDate day = days.nextToClose(merchant, now);
        if (!merchant.terms(day).currency().equals(merchant.terms(closed).currency())) {
            remembered.lost(correction);
            warnings.unadjustable(merchant.id(), closed, day);
            String rule = cause.verdict().map(Verdict::rule).orElse(null);
            out.late(LateInteraction.of(merchant.id(), cause.interaction(), rule));
            return;
        }
        MerchantDay whole = days.dayOf(merchant, day);
        for (Movement movement : movements) {
            enter(merchant, day, closed, whole, movement, cause, remembered, now);
        }
        books.days().put(merchant.id(), day, whole);
    }

    private void enter(
            Merchant merchant,
            LocalDate day,
            LocalDate adjusted,
            MerchantDay whole,
            Movement movement,
            Ledger.Cause cause,
            Remembered remembered,
            long now) {
        String currency = merchant.terms(day).currency().orElseThrow();
        long number = whole.entered(movement, currency);
        long nth = remembered.entered(movement.kind());
        ledger.enter(merchant, new Ledger.Place(day, adjusted, currency, number), movement, cause, nth, now);
    }

    private void countMinute(Merchant merchant, Interaction interaction, Consumer<MinuteCounts> what, long now) {
        long minute = interaction.minute();
        if (!merchant.keepsMinute(minute)) {
            return;
        }
        String campaign = interaction.campaign();
        MinuteCounts known = books.minutes().get(merchant.id(), minute, campaign);
        MinuteCounts counts = known == null ? MinuteCounts.empty() : known;
        what.accept(counts);
        books.changed(merchant.id(), new MinuteStore.Entry(minute, campaign, counts), now);
    }
}
