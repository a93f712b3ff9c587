package io.weir.adspend.merchant;

import io.weir.adspend.account.Interaction;
import io.weir.adspend.account.Price;
import io.weir.adspend.account.Pricing;
import io.weir.adspend.budget.DayTerms;
import io.weir.adspend.budget.TermsByDay;
import io.weir.adspend.day.Minutes;
import io.weir.adspend.ledger.Movement;
import io.weir.adspend.ledger.MovementKind;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/**
 * Enters, for each interaction that has another price or another day than before, what that changes: the ledger says of every
 * interaction what it costs, also of those that came before their budget. It is absorbed at first; how much of all that is
 * billed is entered for the budget. Reads every interaction of the merchant in the days concerned; where they are too many for that,
 * all that changes is entered for the budget.
 */
final class Repricing {

    private final InteractionStore interactions;
    private final Ledger ledger;

    Repricing(InteractionStore interactions, Ledger ledger) {
        this.interactions = interactions;
        this.ledger = ledger;
    }

    /**
     * Enters the changes.
     *
     * @param before what counted before
     * @param open days by date
     * @param changed minutes with another price or day
     * @param now milliseconds UTC
     */
    void enter(
            Merchant merchant,
            TermsByDay before,
            Map<LocalDate, OpenDay> open,
            Repriced changed,
            long version,
            long now) {
        if (changed.isEmpty() || !changed.isEnteredSingly()) {
            return;
        }
        long from = Minutes.start(changed.first());
        long to = Minutes.start(changed.last());
        interactions.forEach(merchant.id(), from, to, remembered -> {
            Interaction interaction = remembered.interaction();
            if (interaction != null && changed.has(interaction.minute(), interaction.campaign())) {
                LocalDate day = before.dayOf(interaction.occurredAt());
                change(new Change(merchant, open, remembered, version, now), day, before.of(day));
                interactions.put(merchant.id(), interaction.eventId(), interaction.occurredAt(), remembered);
            }
        });
    }

    private record Change(
            Merchant merchant, Map<LocalDate, OpenDay> open, Remembered remembered, long version, long now) {

        private boolean isValid() {
            return !remembered.interaction().bot()
                    && remembered.verdicts().standing().isEmpty();
        }
    }

    private void change(Change change, LocalDate dayBefore, DayTerms termsBefore) {
        Interaction interaction = change.remembered().interaction();
        LocalDate day = change.merchant().dayOf(interaction.occurredAt());
        DayTerms terms = change.merchant().terms(day);
        Price was = Pricing.of(interaction, termsBefore.at(interaction.minute()));
        Price is = Pricing.of(interaction, terms.at(interaction.minute()));
        if (day.equals(dayBefore) && terms.currency().equals(termsBefore.currency())) {
            enter(change, day, terms.currency(), is, is.nanos() - was.nanos());
        } else {
            // Each amount is entered on its own day and in its own currency: what there was is taken back first.
            enter(change, dayBefore, termsBefore.currency(), was, -was.nanos());
            enter(change, day, terms.currency(), is, is.nanos());
        }
    }

    private void enter(Change change, LocalDate day, Optional<String> currency, Price price, long nanos) {
        if (nanos == 0) {
            return;
        }
        Remembered remembered = change.remembered();
        Movement movement = new Movement(change.isValid() ? MovementKind.ABSORB : MovementKind.INVALID, nanos);
        long number = change.open().get(day).entered(movement, currency.orElseThrow());
        Ledger.Cause cause = new Ledger.Cause(
                remembered.interaction(), price, remembered.verdicts().standing(), Optional.of(change.version()));
        long nth = remembered.entered(movement.kind());
        Ledger.Place place = Ledger.Place.on(day, currency.orElseThrow(), number);
        ledger.enter(change.merchant(), place, movement, cause, nth, change.now());
    }
}
