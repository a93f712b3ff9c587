package io.weir.adspend.merchant;

import io.weir.adspend.budget.BudgetHistory;
import io.weir.adspend.budget.DayTerms;
import io.weir.adspend.budget.TermsByDay;
import io.weir.adspend.cap.CapScope;
import io.weir.adspend.day.BillingCalendar;
import io.weir.adspend.day.Minutes;
import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of a merchant beside its days: budgets, how far time has gone for it, and what was said of its caps.
 * Mutable.
 *
 * <pre>
 * 1 byte      layout, 1
 * n bytes     budgets, as BudgetHistory writes them
 * signed      time up to which budgets have taken effect, millis
 * 1 byte      1: a day is today, 2: a day is closed, 4: a look is due
 * 3 signed    today, the last closed day, when the look is due; each only if flagged
 * signed      minute from which minutes are kept
 * varint      largest sequence of a cap that was forgotten
 * varint      caps, then for each: text campaign, as CapScope writes it
 * </pre>
 */
final class Merchant {

    private static final int LAYOUT = 1;
    private static final int HAS_TODAY = 1;
    private static final int HAS_CLOSED = 2;
    private static final int HAS_LOOK = 4;
    private final String id;
    private final SortedMap<String, CapScope> caps = new TreeMap<>(Comparator.nullsFirst(Comparator.naturalOrder()));

    private BudgetHistory known = BudgetHistory.EMPTY;
    private long time;
    private LocalDate today;
    private LocalDate closedThrough;
    private Long lookAt;
    private long minutesFrom = Long.MIN_VALUE;
    private long forgottenSequence;

    /** What counts of the budgets at {@link #time}, and what follows from it; not stored. */
    private BudgetHistory counting = BudgetHistory.EMPTY;

    private TermsByDay terms = new TermsByDay(BudgetHistory.EMPTY);
    private Day last = new Day(0, 0, LocalDate.EPOCH);
    /** Milliseconds UTC, {@link Long#MAX_VALUE} for never; every interaction asks. */
    private long nextBudget = Long.MAX_VALUE;

    private long nextMidnight = Long.MAX_VALUE;

    /** Of which nothing is known yet. */
    Merchant(String id) {
        this.id = id;
    }

    private record Day(long start, long end, LocalDate date) {}

    String id() {
        return id;
    }

    /** All budgets, planned ones too. */
    BudgetHistory known() {
        return known;
    }

    /** The budgets that count by now. */
    BudgetHistory counting() {
        return counting;
    }

    /** Time up to which budgets have taken effect, milliseconds UTC. */
    long time() {
        return time;
    }

    /** Today by the clock; null while that is not known. */
    LocalDate today() {
        return today;
    }

    /** The last day whose statement has been issued; null for none. */
    LocalDate closedThrough() {
        return closedThrough;
    }

    boolean isClosed(LocalDate day) {
        return closedThrough != null && !day.isAfter(closedThrough);
    }

    /** Whether a budget covers a day. */
    boolean isBilled(LocalDate day) {
        return terms(day).currency().isPresent();
    }

    /** In recorded input its clock is its own; no planned budget may take effect in between. */
    void reached(long now) {
        time = Math.max(time, now);
    }

    /** Start of the first day that is not closed, milliseconds UTC. */
    long openFrom() {
        return closedThrough == null ? Long.MIN_VALUE : counting.calendar().endOf(closedThrough);
    }

    /**
     * From when on a budget may count, milliseconds UTC: no day that is closed changes, and none is billed of which only a part is known.
     *
     * @param zone of the budget
     */
    long billableFrom(ZoneId zone) {
        if (closedThrough != null || minutesFrom == Long.MIN_VALUE) {
            return openFrom();
        }
        long known = Minutes.start(minutesFrom);
        BillingCalendar days = BillingCalendar.of(new TreeMap<>(Map.of(known, zone)));
        return days.endOf(days.dayOf(known - 1));
    }

    SortedMap<String, CapScope> caps() {
        return Collections.unmodifiableSortedMap(caps);
    }

    /** The day of an instant under the budgets that count. */
    LocalDate dayOf(long millis) {
        if (millis < last.start() || millis >= last.end()) {
            LocalDate date = counting.calendar().dayOf(millis);
            last = new Day(
                    counting.calendar().startOf(date), counting.calendar().endOf(date), date);
        }
        return last.date();
    }

    /** What counts on a day. */
    DayTerms terms(LocalDate day) {
        return terms.of(day);
    }

    /** When the clock next changes something: a planned budget, or the end of today. Milliseconds UTC. */
    OptionalLong nextTurn() {
        long next = Math.min(nextBudget, nextMidnight);
        return next == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /** The next planned budget takes effect no later than this. */
    boolean isPlannedBy(long millis) {
        return nextBudget <= millis;
    }

    /** Another history of budgets, of which those up to a time count. */
    void budgets(BudgetHistory all, long upTo) {
        known = all;
        time = upTo;
        count();
    }

    private void count() {
        counting = known.until(Minutes.of(time));
        terms = new TermsByDay(counting);
        last = new Day(0, 0, LocalDate.EPOCH);
        OptionalLong planned = known.nextChange(Minutes.of(time));
        nextBudget = planned.isPresent() ? Minutes.start(planned.getAsLong()) : Long.MAX_VALUE;
        findMidnight();
    }

    private void findMidnight() {
        nextMidnight = today == null || counting.isEmpty()
                ? Long.MAX_VALUE
                : counting.calendar().endOf(today);
    }

    void today(LocalDate day) {
        if (!day.equals(today)) {
            today = day;
            terms.forget();
            findMidnight();
        }
    }

    void closed(LocalDate day) {
        closedThrough = closedThrough == null || day.isAfter(closedThrough) ? day : closedThrough;
    }

    void cap(String campaign, CapScope scope) {
        caps.put(campaign, scope);
    }

    /** Forgets a campaign that no budget names any more. Should it come back, its sequence goes on above this one. */
    void forgetCap(String campaign) {
        CapScope gone = caps.remove(campaign);
        forgottenSequence = Math.max(forgottenSequence, gone.sequence());
    }

    /** The largest sequence of the caps that were forgotten. */
    long forgottenSequence() {
        return forgottenSequence;
    }

    /** When it is to be looked at next by the clock; null for never. */
    Long lookAt() {
        return lookAt;
    }

    void lookAt(Long due) {
        lookAt = due;
    }

    /** Whether the counts of a minute are still kept. */
    boolean keepsMinute(long minute) {
        return minute >= minutesFrom;
    }

    void forgotMinutesBefore(long minute) {
        minutesFrom = Math.max(minutesFrom, minute);
    }

    byte[] encode(ByteWriter out) {
        out.put(LAYOUT);
        known.write(out);
        out.signed(time);
        out.put((today == null ? 0 : HAS_TODAY)
                | (closedThrough == null ? 0 : HAS_CLOSED)
                | (lookAt == null ? 0 : HAS_LOOK));
        if (today != null) {
            out.signed(today.toEpochDay());
        }
        if (closedThrough != null) {
            out.signed(closedThrough.toEpochDay());
        }
        if (lookAt != null) {
            out.signed(lookAt);
        }
        out.signed(minutesFrom).varint(forgottenSequence);
        out.varint(caps.size());
        caps.forEach((campaign, scope) -> {
            out.text(campaign);
            scope.write(out);
        });
        return out.take();
    }

    static Merchant decode(String id, byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        if (in.next() != LAYOUT) {
            throw new IllegalStateException("The store of merchants was written by a newer build; run that build.");
        }
        Merchant merchant = new Merchant(id);
        merchant.known = BudgetHistory.read(in);
        merchant.time = in.signed();
        int flags = in.next();
        merchant.today = (flags & HAS_TODAY) == 0 ? null : LocalDate.ofEpochDay(in.signed());
        merchant.closedThrough = (flags & HAS_CLOSED) == 0 ? null : LocalDate.ofEpochDay(in.signed());
        merchant.lookAt = (flags & HAS_LOOK) == 0 ? null : Long.valueOf(in.signed());
        merchant.minutesFrom = in.signed();
        merchant.forgottenSequence = in.varint();
        int count = in.count();
        for (int i = 0; i < count; i++) {
            merchant.caps.put(in.text(), CapScope.read(in));
        }
        merchant.count();
        return merchant;
    }
}
