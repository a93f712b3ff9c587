package io.weir.benchmarks.steps;

import io.weir.adspend.account.Amounts;
import io.weir.adspend.account.Change;
import io.weir.adspend.account.Interaction;
import io.weir.adspend.account.InteractionKind;
import io.weir.adspend.account.Pricing;
import io.weir.adspend.account.ScopeAccount;
import io.weir.adspend.budget.Budget;
import io.weir.adspend.budget.BudgetHistory;
import io.weir.adspend.budget.DayTerms;
import io.weir.adspend.budget.Terms;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** An interaction priced, and booked on its campaign and its merchant, both of which have a cap. */
@State(Scope.Thread)
public class AdSpendStepBenchmark {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
    private static final String CAMPAIGN = "campaign";
    private static final int MILLIS_APART = 20;

    private final DayTerms terms = BudgetHistory.EMPTY
            .with(
                    new Budget(
                            "EUR",
                            ZoneOffset.UTC,
                            new Terms(500_000_000L, 200_000L, 1_500_000L, 30_000L),
                            Map.of(CAMPAIGN, new Terms(200_000_000L, null, null, null)),
                            1,
                            null),
                    start().minusSeconds(60).toEpochMilli())
            .terms(DAY);
    private final List<Interaction> interactions = interactions();
    private ScopeAccount merchant = ScopeAccount.empty(terms.caps());
    private ScopeAccount campaign = ScopeAccount.empty(terms.caps(CAMPAIGN));
    private long campaignsBilled;
    private int next;

    private static Instant start() {
        return DAY.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** Nine impressions, then a click, and so on. */
    private static List<Interaction> interactions() {
        List<Interaction> interactions = new ArrayList<>();
        for (int i = 0; i < SampleEvents.MESSAGES; i++) {
            InteractionKind kind = i % 10 == 9 ? InteractionKind.CLICK : InteractionKind.IMPRESSION;
            long at = start().toEpochMilli() + (long) i * MILLIS_APART;
            interactions.add(new Interaction("interaction-" + i, kind, at, CAMPAIGN, null, null, false));
        }
        return interactions;
    }

    /** One interaction. */
    @Benchmark
    public Change book() {
        next++;
        if (next == interactions.size()) {
            next = 0;
            merchant = ScopeAccount.empty(terms.caps());
            campaign = ScopeAccount.empty(terms.caps(CAMPAIGN));
            campaignsBilled = 0;
        }
        Interaction interaction = interactions.get(next);
        long minute = interaction.minute();
        Amounts amounts = Amounts.of(interaction, Pricing.of(interaction, terms.at(minute)), true);
        Change change = Change.of(merchant, campaign, campaignsBilled, terms, CAMPAIGN, minute, amounts);
        merchant = change.merchant();
        campaign = change.campaign();
        campaignsBilled = change.campaignsBilledNanos();
        return change;
    }
}
