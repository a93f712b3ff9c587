package io.weir.topology.demo;

import io.weir.schemas.CampaignBudget;
import io.weir.schemas.MerchantBudget;
import io.weir.traffic.Merchant;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The budgets of the demo's merchants, and two things that would take a day to see otherwise: one merchant lives where it
 * will be midnight within two minutes, and the cap of another is raised a minute later.
 */
final class DemoBudgets {

    /** Its cap lasts for five minutes of its mean spend. */
    static final String MIDNIGHT_MERCHANT = "m-3";
    /** Its cap lasts for thirty minutes of its mean spend: reached by what was before the demo. */
    static final String RAISED_MERCHANT = "m-1";

    private static final Duration MIDNIGHT_AFTER = Duration.ofSeconds(45);
    /** By then what was before the demo has been read. */
    private static final Duration RAISE_AFTER = MIDNIGHT_AFTER.plusMinutes(1);

    /** The forty minutes before the demo come to more than the cap: well above all of that, so that it opens again. */
    private static final int RAISE = 5;

    private final List<Merchant> merchants;
    private final Instant start;
    private final Instant midnight;

    /** @param start when the demo begins */
    DemoBudgets(List<Merchant> merchants, Instant start) {
        this.merchants = List.copyOf(merchants);
        this.start = start;
        this.midnight =
                start.plus(MIDNIGHT_AFTER).truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    }

    /** When it is midnight for {@link #MIDNIGHT_MERCHANT}. */
    Instant midnight() {
        return midnight;
    }

    /** When the cap of {@link #RAISED_MERCHANT} is raised. */
    Instant raise() {
        return start.plus(RAISE_AFTER).truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    }

    /** Every merchant's budget, and the raise. */
    List<MerchantBudget> all() {
        List<MerchantBudget> budgets = new ArrayList<>();
        Instant yesterday = start.minus(1, ChronoUnit.DAYS);
        for (Merchant merchant : merchants) {
            MerchantBudget budget = budget(merchant, yesterday);
            budgets.add(budget);
            if (merchant.id().equals(RAISED_MERCHANT) && budget.getDailyCapMicros() != null) {
                MerchantBudget raised = MerchantBudget.newBuilder(budget)
                        .setDailyCapMicros(budget.getDailyCapMicros() * RAISE)
                        .setCampaigns(raised(budget.getCampaigns()))
                        .setVersion(2)
                        .setEffectiveFrom(raise())
                        .build();
                budgets.add(raised);
            }
        }
        return budgets;
    }

    /** The caps of its campaigns too: what reaches one of those does not come near the merchant's. */
    private static Map<String, CampaignBudget> raised(Map<String, CampaignBudget> campaigns) {
        Map<String, CampaignBudget> raised = new HashMap<>();
        campaigns.forEach((id, campaign) -> raised.put(
                id,
                campaign.getDailyCapMicros() == null
                        ? campaign
                        : CampaignBudget.newBuilder(campaign)
                                .setDailyCapMicros(campaign.getDailyCapMicros() * RAISE)
                                .build()));
        return raised;
    }

    private MerchantBudget budget(Merchant merchant, Instant from) {
        boolean soon = merchant.id().equals(MIDNIGHT_MERCHANT);
        return merchant.budget(soon ? Merchant.zoneOfMidnight(midnight) : merchant.timeZone(), from);
    }
}
