package io.weir.adspend;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.adspend.PlainStatement.Figures;
import io.weir.adspend.PlainStatement.Plan;
import io.weir.adspend.PlainStatement.Shown;
import io.weir.adspend.budget.Budget;
import io.weir.adspend.budget.Terms;
import io.weir.adspend.hop.MerchantInput;
import io.weir.adspend.hop.MerchantInput.Budgeted;
import io.weir.adspend.hop.MerchantInput.Delivered;
import io.weir.adspend.hop.MerchantInput.Judged;
import io.weir.adspend.merchant.IssuedReads;
import io.weir.core.time.StreamClock.Phase;
import io.weir.core.verdict.Finding;
import io.weir.core.verdict.Verdict;
import io.weir.schemas.AdCounts;
import io.weir.schemas.CampaignStatement;
import io.weir.schemas.LedgerEntry;
import io.weir.schemas.LedgerKind;
import io.weir.schemas.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.specific.SpecificRecord;

/**
 * What the one writer of a merchant gives out, against the plain way: budgets, interactions and verdicts in any order, with
 * duplicates and restarts, over recorded input and by the wall clock.
 */
class StatementsAnyOrderTest extends GeneratedDays {

    private static final Map<String, String> NEVER_LATE = Map.of("weir.adspend.lateness", "30d");

    @Property(tries = 400)
    void recordedInputComesToTheSortedEvents(
            @ForAll("starts") Instant start,
            @ForAll("plans") List<Draft> drafts,
            @ForAll("events") List<Sketch> sketches,
            @ForAll long seed) {
        List<Plan> plans = plans(drafts, start);
        List<Shown> events = events(sketches, start);
        MerchantHarness harness = new MerchantHarness(Phase.HELD, NEVER_LATE);

        deliver(harness, inputs(plans, events, sketches, new Random(seed)), new Random(seed));
        harness.endInput();

        check(harness, plans, events, start);
    }

    /** The clock begins in the middle of the days: some budgets are planned, and there is input to read until all days close. */
    @Property(tries = 400)
    void liveInputComesToTheSortedEvents(
            @ForAll("starts") Instant start,
            @ForAll("plans") List<Draft> drafts,
            @ForAll("events") List<Sketch> sketches,
            @ForAll long seed) {
        List<Plan> plans = plans(drafts, start);
        List<Shown> events = events(sketches, start);
        Random random = new Random(seed);
        MerchantHarness harness = new MerchantHarness(Phase.LIVE, NEVER_LATE);
        harness.clock.set(start.toEpochMilli() + (25 + random.nextInt(2)) * 3_600_000L);
        harness.caughtUp = false;

        List<MerchantInput> inputs = inputs(plans, events, sketches, random);
        for (MerchantInput input : inputs) {
            deliver(harness, List.of(input), random);
            harness.clock.pass(random.nextInt(7_200_000));
            if (random.nextInt(4) == 0) {
                harness.tick();
            }
        }
        harness.clock.set(start.plus(AFTER).toEpochMilli());
        harness.tick();
        harness.caughtUp = true;
        // What was asked for while it was not is answered first.
        harness.tick();
        harness.tick();

        check(harness, plans, events, start);
    }

    /**
     * Days close while budgets, interactions and verdicts go on: what is billed and what is adjusted come to the sorted events. Each budget but
     * the first comes at the time from which it counts, or is planned ahead of it.
     */
    @Property(tries = 400)
    void aClosedDayAndItsAdjustmentsComeToTheSortedEvents(
            @ForAll("starts") Instant start,
            @ForAll("plans") List<Draft> drafts,
            @ForAll("events") List<Sketch> sketches,
            @ForAll long seed) {
        // In one currency: a correction cannot be on a statement in another.
        List<Draft> inEuros = drafts.stream()
                .map(d -> new Draft(d.at(), d.zone(), "EUR", d.merchant(), d.campaigns()))
                .toList();
        List<Plan> plans = plans(inEuros, start);
        List<Shown> events = events(sketches, start);
        Random random = new Random(seed);
        MerchantHarness harness = new MerchantHarness(Phase.LIVE, NEVER_LATE);
        harness.clock.set(start.toEpochMilli());
        Deque<MerchantInput> planned = budgets(plans).stream()
                .sorted(Comparator.comparingLong(StatementsAnyOrderTest::from))
                .collect(Collectors.toCollection(ArrayDeque::new));
        harness.take(planned.remove());

        harness.clock.set(start.toEpochMilli() + 25 * 3_600_000L);
        for (MerchantInput input : deliveries(events, sketches, random)) {
            while (!planned.isEmpty() && (isDue(planned.peek(), harness) || random.nextInt(20) == 0)) {
                deliver(harness, List.of(planned.remove()), random);
            }
            deliver(harness, List.of(input), random);
            harness.clock.pass(random.nextInt(3_600_000));
            harness.tick();
        }
        for (MerchantInput budget : planned) {
            harness.clock.set(Math.max(harness.clock.millis(), from(budget)));
            harness.take(budget);
            harness.tick();
        }
        harness.clock.set(start.plus(AFTER).plus(AFTER).toEpochMilli());
        harness.tick();
        harness.tick();

        PlainStatement plain = new PlainStatement(plans, events, start.minus(BEFORE), start.plus(AFTER));
        List<LedgerEntry> ledger = harness.given(LedgerEntry.class);
        Map<LocalDate, Long> billed = new TreeMap<>();
        for (LedgerEntry entry : ledger) {
            boolean adjusts = entry.getKind() == LedgerKind.ADJUSTMENT;
            LocalDate day = LocalDate.parse(adjusts ? entry.getAdjustedDay() : entry.getDay());
            if (adjusts || entry.getKind() == LedgerKind.CHARGE || entry.getKind() == LedgerKind.CREDIT) {
                billed.merge(day, entry.getAmountNanos(), Long::sum);
            }
        }
        billed.values().removeIf(nanos -> nanos == 0);
        Map<LocalDate, Long> expected = new TreeMap<>();
        for (Shown event : events) {
            LocalDate day = plain.dayOf(event.at());
            expected.put(day, plain.figures(day).get("").billedNanos());
        }
        expected.values().removeIf(nanos -> nanos == 0);
        assertThat(billed).isEqualTo(expected);
        List<Statement> statements = harness.given(Statement.class);
        checkStatementsAgainst(ledger, statements);
        checkKept(harness, ledger, statements, random);
    }

    private static boolean isDue(MerchantInput budget, MerchantHarness harness) {
        return from(budget) <= harness.clock.millis();
    }

    private static long from(MerchantInput budget) {
        Budgeted budgeted = (Budgeted) budget;
        Long own = budgeted.budget().effectiveFrom();
        return own == null ? budgeted.recordTime() : own;
    }

    /** Each day is stated once, and says what its entries say. */
    private static void checkStatementsAgainst(List<LedgerEntry> ledger, List<Statement> statements) {
        assertThat(statements).extracting(Statement::getDay).doesNotHaveDuplicates();
        for (Statement statement : statements) {
            List<LedgerEntry> entries = ledger.stream()
                    .filter(entry -> entry.getDay().equals(statement.getDay()))
                    .toList();
            long billed = sum(entries, LedgerKind.CHARGE) + sum(entries, LedgerKind.CREDIT);
            assertThat(Math.floorDiv(billed, 1000)).isEqualTo(statement.getBilledMicros());
            assertThat(Math.floorDiv(sum(entries, LedgerKind.ADJUSTMENT), 1000))
                    .isEqualTo(statement.getAdjustmentMicros());
            assertThat(entries).hasSize(Math.toIntExact(statement.getEntries()));
        }
    }

    /** Queries find what was given out, in that order, however many of it they ask for at once. */
    private static void checkKept(
            MerchantHarness harness, List<LedgerEntry> ledger, List<Statement> statements, Random random) {
        assertThat(harness.statements(LocalDate.EPOCH, LocalDate.of(2100, 1, 1), 1_000))
                .isEqualTo(statements.stream()
                        .sorted(Comparator.comparing(Statement::getDay))
                        .toList());
        Map<LocalDate, List<LedgerEntry>> given =
                ledger.stream().collect(Collectors.groupingBy(entry -> LocalDate.parse(entry.getDay())));
        given.forEach((day, entries) -> {
            List<LedgerEntry> read = new ArrayList<>();
            int most = 1 + random.nextInt(5);
            IssuedReads.Page page = harness.ledger(day, 0, entry -> true, most);
            read.addAll(page.entries());
            while (page.more()) {
                page = harness.ledger(day, page.last(), entry -> true, most);
                read.addAll(page.entries());
            }
            assertThat(read).isEqualTo(entries);
        });
    }

    private static void deliver(MerchantHarness harness, List<MerchantInput> inputs, Random random) {
        for (MerchantInput input : inputs) {
            harness.take(input);
            if (random.nextInt(6) == 0) {
                harness.restart();
            }
            if (random.nextInt(6) == 0) {
                harness.take(input);
            }
        }
    }

    /** Every budget, every interaction, and verdicts that end as they should. */
    private static List<MerchantInput> inputs(
            List<Plan> plans, List<Shown> events, List<Sketch> sketches, Random random) {
        List<MerchantInput> inputs = new ArrayList<>(budgets(plans));
        inputs.addAll(deliveries(events, sketches, random));
        Collections.shuffle(inputs, random);
        return inputs;
    }

    /** Every second budget says when it takes effect, the others do by their records. */
    private static List<MerchantInput> budgets(List<Plan> plans) {
        List<MerchantInput> inputs = new ArrayList<>();
        for (Plan plan : plans) {
            Map<String, Terms> campaigns = new HashMap<>();
            plan.campaigns().forEach((id, rates) -> campaigns.put(id, terms(rates)));
            long from = plan.from().toEpochMilli();
            boolean own = plan.version() % 2 == 0;
            Budget budget = new Budget(
                    plan.currency(),
                    plan.zone(),
                    terms(plan.merchant()),
                    campaigns,
                    plan.version(),
                    own ? Long.valueOf(from) : null);
            inputs.add(new Budgeted(budget, own ? 0 : from));
        }
        return inputs;
    }

    /** Every interaction, and verdicts that end as they should. */
    private static List<MerchantInput> deliveries(List<Shown> events, List<Sketch> sketches, Random random) {
        List<MerchantInput> inputs = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            Shown event = events.get(i);
            Sketch sketch = sketches.get(i);
            inputs.add(new Delivered(interaction(event, sketch), false));
            long at = event.at().toEpochMilli();
            int changes = random.nextInt(3);
            for (int change = 0; change < changes; change++) {
                inputs.add(judged(event, at, "r" + random.nextInt(2), random.nextBoolean(), change));
            }
            // The last word of each rule.
            inputs.add(judged(event, at, "r0", sketch.verdict(), 10));
            inputs.add(judged(event, at, "r1", false, 10));
        }
        Collections.shuffle(inputs, random);
        return inputs;
    }

    private static Judged judged(Shown event, long at, String rule, boolean invalid, long decided) {
        Finding finding = invalid ? Finding.INVALID : Finding.CLEARED;
        return new Judged(event.id(), at, new Verdict(rule, 1, finding, false, at + decided));
    }

    private static void check(MerchantHarness harness, List<Plan> plans, List<Shown> events, Instant start) {
        PlainStatement plain = new PlainStatement(plans, events, start.minus(BEFORE), start.plus(AFTER));
        Map<LocalDate, Statement> statements = new TreeMap<>();
        List<Statement> issued = harness.given(Statement.class);
        for (Statement statement : issued) {
            assertThat(statements.put(LocalDate.parse(statement.getDay()), statement))
                    .isNull();
        }
        Map<LocalDate, Map<String, Figures>> expected = new TreeMap<>();
        for (Shown event : events) {
            LocalDate day = plain.dayOf(event.at());
            expected.computeIfAbsent(day, plain::figures);
        }
        // Before the first budget nothing has a currency: such days have no statement.
        expected.values()
                .removeIf(day -> day.get("").unpriced() == day.get("").events()
                        && !statements.containsKey(dayOfFigures(expected, day)));
        List<LedgerEntry> ledger = harness.given(LedgerEntry.class);
        expected.forEach((day, figures) -> checkDay(statements.get(day), figures, ledger));
        statements.forEach((day, statement) -> {
            if (!expected.containsKey(day)) {
                assertThat(statement.getGrossMicros()).isZero();
            }
        });
        checkInteractions(ledger, plain, events, statements.keySet());
        Set<String> ids = new HashSet<>();
        ledger.forEach(entry -> assertThat(ids.add(entry.getEntryId())).isTrue());
        assertThat(harness.given(AdCounts.class)).isNotEmpty();
        checkKept(harness, ledger, issued, new Random(events.size()));
    }

    /** The ledger says of every interaction what it costs, on its day, valid or invalid, whenever its budget came. */
    private static void checkInteractions(
            List<LedgerEntry> ledger, PlainStatement plain, List<Shown> events, Set<LocalDate> stated) {
        Map<String, Long> found = new TreeMap<>();
        for (LedgerEntry entry : ledger) {
            if (entry.getEventId() != null) {
                boolean invalid = entry.getKind() == LedgerKind.INVALID;
                found.merge(
                        entry.getDay() + " " + entry.getEventId() + " " + invalid, entry.getAmountNanos(), Long::sum);
            }
        }
        found.values().removeIf(nanos -> nanos == 0);
        Map<String, Long> expected = new TreeMap<>();
        for (Shown event : events) {
            LocalDate day = plain.dayOf(event.at());
            long nanos = stated.contains(day) ? plain.nanosOf(event) : 0;
            if (nanos != 0) {
                expected.put(day + " " + event.id() + " " + event.invalid(), nanos);
            }
        }
        assertThat(found).isEqualTo(expected);
    }

    private static LocalDate dayOfFigures(Map<LocalDate, Map<String, Figures>> all, Map<String, Figures> figures) {
        return all.entrySet().stream()
                .filter(entry -> entry.getValue() == figures)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static void checkDay(Statement statement, Map<String, Figures> figures, List<LedgerEntry> ledger) {
        Map<String, Figures> stated = new TreeMap<>();
        statement.getCampaigns().forEach((campaign, part) -> stated.put(campaign, figures(part)));
        stated.put("", figures(statement));
        figures.forEach((scope, plain) -> assertThat(stated.get(scope)).isEqualTo(withoutNanos(plain)));
        assertThat(stated).hasSameSizeAs(figures);
        assertThat(statement.getGrossMicros()).isEqualTo(statement.getValidMicros() + statement.getInvalidMicros());
        assertThat(statement.getValidMicros()).isEqualTo(statement.getBilledMicros() + statement.getAbsorbedMicros());

        List<LedgerEntry> entries = ledger.stream()
                .filter(entry -> entry.getDay().equals(statement.getDay()))
                .toList();
        assertThat(entries).hasSize(Math.toIntExact(statement.getEntries()));
        long billed = sum(entries, LedgerKind.CHARGE) + sum(entries, LedgerKind.CREDIT);
        assertThat(billed).isEqualTo(figures.get("").billedNanos());
        assertThat(Math.floorDiv(billed, 1000)).isEqualTo(statement.getBilledMicros());
        assertThat(Math.floorDiv(sum(entries, LedgerKind.ABSORB), 1000)).isEqualTo(statement.getAbsorbedMicros());
        assertThat(Math.floorDiv(sum(entries, LedgerKind.INVALID), 1000)).isEqualTo(statement.getInvalidMicros());
        List<LedgerEntry> inItsCurrency = entries.stream()
                .filter(entry -> entry.getCurrency().equals(statement.getCurrency()))
                .toList();
        assertThat(Math.floorDiv(-sum(inItsCurrency, LedgerKind.CREDIT), 1000)).isEqualTo(statement.getCreditMicros());
        assertThat(sum(entries, LedgerKind.ADJUSTMENT)).isZero();
        Map<String, Long> otherCurrencies = new TreeMap<>();
        for (LedgerEntry entry : entries) {
            if (!entry.getCurrency().equals(statement.getCurrency())) {
                boolean billable = entry.getKind() == LedgerKind.CHARGE || entry.getKind() == LedgerKind.CREDIT;
                String kind = billable ? "BILLED" : entry.getKind().name();
                otherCurrencies.merge(entry.getCurrency() + kind, entry.getAmountNanos(), Long::sum);
            }
        }
        assertThat(otherCurrencies.values()).allMatch(nanos -> nanos == 0);
    }

    private static long sum(List<LedgerEntry> entries, LedgerKind kind) {
        return entries.stream()
                .filter(entry -> entry.getKind() == kind)
                .mapToLong(LedgerEntry::getAmountNanos)
                .sum();
    }

    private static Figures withoutNanos(Figures f) {
        return new Figures(
                f.events(),
                f.invalidEvents(),
                f.unpriced(),
                f.mismatches(),
                0,
                f.grossMicros(),
                f.invalidMicros(),
                f.validMicros(),
                f.billedMicros(),
                f.absorbedMicros());
    }

    private static Figures figures(Statement s) {
        return figures((SpecificRecord) s);
    }

    private static Figures figures(CampaignStatement s) {
        return figures((SpecificRecord) s);
    }

    private static Figures figures(SpecificRecord s) {
        return new Figures(
                of(s, "impressions") + of(s, "clicks") + of(s, "completed_views"),
                of(s, "invalid_impressions") + of(s, "invalid_clicks") + of(s, "invalid_completed_views"),
                of(s, "unpriced"),
                of(s, "currency_mismatches"),
                0,
                of(s, "gross_micros"),
                of(s, "invalid_micros"),
                of(s, "valid_micros"),
                of(s, "billed_micros"),
                of(s, "absorbed_micros"));
    }

    private static long of(SpecificRecord record, String field) {
        return (Long) record.get(record.getSchema().getField(field).pos());
    }
}
