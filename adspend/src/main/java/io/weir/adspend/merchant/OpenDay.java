package io.weir.adspend.merchant;

import io.weir.adspend.account.Amounts;
import io.weir.adspend.account.DayAccount;
import io.weir.adspend.account.ScopeAccount;
import io.weir.adspend.budget.DayTerms;
import io.weir.adspend.day.Minutes;
import io.weir.adspend.ledger.Movement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A day that is not closed, added up again from its minutes under other budgets. Mutable. */
final class OpenDay {

    private final LocalDate day;
    private final DayAccount account = new DayAccount();
    /** Minutes whose counts say something else now. */
    private final List<MinuteStore.Entry> reported = new ArrayList<>();

    private long firstAt = Long.MAX_VALUE;
    private long lastAt = Long.MIN_VALUE;
    private DayAccount.Totals totals;
    private MerchantDay kept;
    private Amounts before;
    /** Of what is absorbed and invalid now and was not, the part that is entered for single interactions. */
    private long enteredAbsorbed;

    private long enteredInvalid;

    OpenDay(LocalDate day) {
        this.day = day;
    }

    LocalDate day() {
        return day;
    }

    void add(MinuteStore.Entry entry) {
        long start = Minutes.start(entry.minute());
        account.add(entry.campaign(), entry.minute(), entry.counts().sums());
        firstAt = Math.min(firstAt, start + entry.counts().first());
        lastAt = Math.max(lastAt, start + entry.counts().last());
    }

    void report(MinuteStore.Entry entry) {
        reported.add(entry);
    }

    List<MinuteStore.Entry> reported() {
        return reported;
    }

    /** @throws ArithmeticException if the sums do not fit */
    void sumUp(DayTerms terms) {
        totals = account.totals(terms);
    }

    Map<String, ScopeAccount> parts() {
        return totals.campaigns();
    }

    /** What is kept of the day takes over the new sums. */
    void replace(MerchantDay record, DayTerms termsBefore) {
        kept = record;
        before = record.hasInteractions() ? record.amounts(termsBefore) : Amounts.NONE;
        record.scope(record.scope().with(totals.merchant()));
        record.campaignsBilled(totals.campaignsBilledNanos());
        record.unseen();
        record.seen(firstAt, lastAt);
    }

    MerchantDay kept() {
        return kept;
    }

    /** A movement was entered for an interaction: the how manieth entry of the day that is. */
    long entered(Movement movement, String currency) {
        switch (movement.kind()) {
            case ABSORB -> enteredAbsorbed += movement.nanos();
            case INVALID -> enteredInvalid += movement.nanos();
            default -> throw new IllegalArgumentException("an interaction's price is absorbed or invalid at first");
        }
        return kept.entered(movement, currency);
    }

    /** What is left to be entered for the budget. */
    List<Movement> left(DayTerms terms) {
        Amounts now = kept.amounts(terms);
        return Movement.ofOpenDay(
                now.billedNanos() - before.billedNanos(),
                now.absorbedNanos() - before.absorbedNanos() - enteredAbsorbed,
                now.invalidNanos() - before.invalidNanos() - enteredInvalid);
    }

    /**
     * What takes back what was billed, in another currency.
     *
     * @param enteredSingly whether prices have been taken back one by one
     */
    List<Movement> takenBack(boolean enteredSingly) {
        return enteredSingly
                ? Movement.ofOpenDay(-before.billedNanos(), before.billedNanos(), 0)
                : Movement.ofOpenDay(-before.billedNanos(), -before.absorbedNanos(), -before.invalidNanos());
    }

    /**
     * What bills the day anew, in another currency.
     *
     * @param enteredSingly whether prices have been entered one by one
     */
    List<Movement> billedAnew(DayTerms terms, boolean enteredSingly) {
        Amounts now = kept.amounts(terms);
        return enteredSingly
                ? Movement.ofOpenDay(now.billedNanos(), -now.billedNanos(), 0)
                : Movement.ofOpenDay(now.billedNanos(), now.absorbedNanos(), now.invalidNanos());
    }
}
