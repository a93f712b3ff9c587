package io.weir.topology.budgets;

import io.weir.schemas.MerchantBudget;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** A budget in a line, for whoever applies it. */
public final class BudgetText {

    private static final int DECIMALS = 6;

    private BudgetText() {}

    /**
     * Says what takes effect and when.
     *
     * @param recordTime when it is applied: what counts for a budget without a start of its own
     */
    public static String of(MerchantBudget budget, Instant recordTime) {
        Instant start = budget.getEffectiveFrom() == null ? recordTime : budget.getEffectiveFrom();
        return "%s  version %d  from %s  %s"
                .formatted(budget.getMerchantId(), budget.getVersion(), nextMinute(start), terms(budget));
    }

    private static String terms(MerchantBudget budget) {
        List<String> terms = new ArrayList<>(List.of(
                budget.getCurrency(),
                "days of " + budget.getTimeZone(),
                budget.getDailyCapMicros() == null
                        ? "no daily cap"
                        : "daily cap " + amount(budget.getDailyCapMicros())));
        addPrice("cpc", budget.getCpcMicros(), terms);
        addPrice("cpm", budget.getCpmMicros(), terms);
        addPrice("cpcv", budget.getCpcvMicros(), terms);
        int campaigns = budget.getCampaigns().size();
        if (campaigns > 0) {
            terms.add(campaigns + (campaigns == 1 ? " campaign" : " campaigns"));
        }
        return String.join(", ", terms);
    }

    private static void addPrice(String name, Long micros, List<String> terms) {
        if (micros != null) {
            terms.add(name + " " + amount(micros));
        }
    }

    private static String amount(long micros) {
        return BigDecimal.valueOf(micros, DECIMALS).stripTrailingZeros().toPlainString();
    }

    /** Budgets take effect at full minutes. */
    private static Instant nextMinute(Instant time) {
        Instant minute = time.truncatedTo(ChronoUnit.MINUTES);
        return minute.equals(time) ? minute : minute.plus(1, ChronoUnit.MINUTES);
    }
}
