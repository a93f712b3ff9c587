package io.weir.adspend.merchant;

import io.weir.adspend.Money;
import io.weir.adspend.account.Pricing;
import io.weir.adspend.budget.Budget;
import io.weir.adspend.budget.BudgetHistory;
import io.weir.adspend.budget.DayTerms;
import io.weir.adspend.budget.TermsByDay;
import io.weir.adspend.day.Minutes;
import io.weir.adspend.ledger.Movement;
import io.weir.core.error.DataFaultException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Adds a merchant's open days up again, from their minutes, when other budgets count: other prices, other caps, days of
 * another zone. What comes out differently is entered for the interactions whose price it is, and for the budget that caused
 * it. Costs some microseconds for each campaign and minute of the open days.
 */
final class Refiling {

    private final Books books;
    private final DayOpening days;
    private final Ledger ledger;
    private final Repricing repricing;

    Refiling(Books books, DayOpening days, Ledger ledger) {
        this.books = books;
        this.days = days;
        this.ledger = ledger;
        this.repricing = new Repricing(books.interactions(), ledger);
    }

    /**
     * Other budgets count.
     *
     * @param merchant to be put afterwards
     * @param budgets all that are known
     * @param upTo those count that take effect until then, milliseconds UTC
     * @param version of the budget that causes it
     * @param now milliseconds UTC, for the ledger
     * @throws ArithmeticException if the sums of a day do not fit; nothing is changed then
     * @throws DataFaultException if a day that has corrections of earlier ones would change its currency; nothing is changed then
     */
    void apply(Merchant merchant, BudgetHistory budgets, long upTo, long version, long now) {
        BudgetHistory knownBefore = merchant.known();
        long timeBefore = merchant.time();
        BudgetHistory countedBefore = merchant.counting();
        merchant.budgets(budgets, upTo);
        if (merchant.counting().equals(countedBefore)) {
            return;
        }
        TermsByDay before = new TermsByDay(countedBefore);
        Repriced changed = new Repriced();
        SortedMap<LocalDate, OpenDay> open;
        try {
            open = openDays(merchant, before, changed);
            refuseCurrencyOfCorrections(merchant, open.keySet(), before);
        } catch (ArithmeticException | DataFaultException e) {
            merchant.budgets(knownBefore, timeBefore);
            throw e;
        }
        for (OpenDay day : open.values()) {
            day.replace(days.dayOf(merchant, day.day()), before.of(day.day()));
        }
        repricing.enter(merchant, before, open, changed, version, now);
        for (OpenDay day : open.values()) {
            enter(merchant, day, before, changed.isEnteredSingly(), version, now);
            keep(merchant, day, now);
        }
    }

    /** They are in the currency that the day had when they were entered, and a statement is in one. */
    private void refuseCurrencyOfCorrections(Merchant merchant, Set<LocalDate> open, TermsByDay before) {
        for (LocalDate day : open) {
            Optional<String> was = before.of(day).currency();
            MerchantDay known = books.days().merchant(merchant.id(), day);
            if (was.isPresent()
                    && !was.equals(merchant.terms(day).currency())
                    && known != null
                    && known.adjustmentNanos() != 0) {
                throw new DataFaultException(
                        "currency: merchant " + merchant.id() + " has corrections of earlier days in " + was.get()
                                + " on " + day + "; let another currency count from the next day (effective_from).");
            }
        }
    }

    /** @param changed takes the minutes that have another price, or another day, than before */
    private SortedMap<LocalDate, OpenDay> openDays(Merchant merchant, TermsByDay before, Repriced changed) {
        SortedMap<LocalDate, OpenDay> open = new TreeMap<>();
        for (LocalDate day : books.days().daysAfter(merchant.id(), merchant.closedThrough())) {
            // One that no budget covered, and whose minutes have been forgotten, stays as it is.
            if (merchant.keepsMinute(Minutes.of(merchant.counting().calendar().endOf(day)) - 1)) {
                open.put(day, new OpenDay(day));
            }
        }
        long from = Minutes.of(merchant.openFrom());
        for (MinuteStore.Entry entry : books.minutes().between(merchant.id(), from, Long.MAX_VALUE)) {
            LocalDate day = merchant.dayOf(Minutes.start(entry.minute()));
            OpenDay openDay = open.computeIfAbsent(day, OpenDay::new);
            openDay.add(entry);
            compare(entry, openDay, before, merchant.terms(day), changed);
        }
        for (OpenDay day : open.values()) {
            day.sumUp(merchant.terms(day.day()));
        }
        return open;
    }

    private static void compare(
            MinuteStore.Entry entry, OpenDay day, TermsByDay before, DayTerms terms, Repriced changed) {
        String campaign = entry.campaign();
        LocalDate dayBefore = before.dayOf(Minutes.start(entry.minute()));
        Optional<Budget> was = before.of(dayBefore).at(entry.minute());
        Optional<Budget> is = terms.at(entry.minute());
        if (dayBefore.equals(day.day()) && Pricing.isSame(was, is, campaign)) {
            return;
        }
        changed.add(entry);
        long spentBefore = entry.counts().sums().price(campaign, was).validNanos();
        long spent = entry.counts().sums().price(campaign, is).validNanos();
        if (Money.floorMicros(spentBefore) != Money.floorMicros(spent)) {
            day.report(entry);
        }
    }

    private void enter(
            Merchant merchant, OpenDay open, TermsByDay before, boolean enteredSingly, long version, long now) {
        DayTerms terms = merchant.terms(open.day());
        Optional<String> currency = terms.currency();
        Optional<String> currencyBefore = before.of(open.day()).currency();
        if (currencyBefore.isPresent() && currency.isPresent() && !currencyBefore.equals(currency)) {
            enter(merchant, open, open.takenBack(enteredSingly), currencyBefore.get(), version, now);
            enter(merchant, open, open.billedAnew(terms, enteredSingly), currency.get(), version, now);
        } else {
            String only = currency.or(() -> currencyBefore).orElse("");
            enter(merchant, open, open.left(terms), only, version, now);
        }
    }

    private void enter(
            Merchant merchant, OpenDay open, List<Movement> movements, String currency, long version, long now) {
        if (movements.isEmpty()) {
            return;
        }
        long nth = open.kept().budgetChanged();
        for (Movement movement : movements) {
            long number = open.kept().entered(movement, currency);
            ledger.enter(merchant, Ledger.Place.on(open.day(), currency, number), movement, version, nth, now);
        }
    }

    private void keep(Merchant merchant, OpenDay open, long now) {
        DayTerms terms = merchant.terms(open.day());
        days.setTimers(merchant, open.day());
        SortedMap<String, ScopeDay> partsBefore = books.days().campaigns(merchant.id(), open.day());
        books.days().delete(merchant.id(), open.day());
        if (open.kept().hasInteractions() || open.kept().entries() > 0) {
            books.days().put(merchant.id(), open.day(), open.kept());
        }
        open.parts().forEach((campaign, account) -> {
            ScopeDay known = partsBefore.get(campaign);
            ScopeDay part = known == null ? ScopeDay.empty(terms.caps(campaign)) : known;
            books.days().put(merchant.id(), open.day(), campaign, part.with(account));
        });
        open.reported().forEach(entry -> books.changed(merchant.id(), entry, now));
    }
}
