package io.weir.traffic;

import io.weir.schemas.CampaignBudget;
import io.weir.schemas.MerchantBudget;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A merchant who sells and advertises, and the budget that belongs to it. Amounts are micros of {@code currency}.
 *
 * @param id such as {@code m-17}; lower numbers advertise more
 * @param timeZone IANA name
 * @param dailyCapMicros most that a local day may cost; empty: no cap
 * @param cpcMicros price of a click
 * @param cpmMicros price of a thousand impressions
 * @param cpcvMicros price of a completed video
 */
public record Merchant(
        String id,
        String currency,
        String timeZone,
        OptionalLong dailyCapMicros,
        long cpcMicros,
        long cpmMicros,
        long cpcvMicros,
        List<AdCampaign> campaigns) {

    private static final int MINUTES_OF_DAY = 24 * 60;

    /**
     * One campaign.
     *
     * @param id such as {@code m-17-c2}
     * @param dailyCapMicros ceiling under the merchant's cap; empty: none of its own
     * @param cpcMicros price of a click where it differs from the merchant's
     * @param auction whether its events carry a price of their own, which outranks the budget's
     * @param ads advertisements, named {@code <id>-a1} and so on
     */
    public record AdCampaign(
            String id, OptionalLong dailyCapMicros, OptionalLong cpcMicros, boolean auction, List<String> ads) {}

    /**
     * Its budget, version 1.
     *
     * @param zone whose calendar its days follow
     * @param from when it takes effect
     */
    public MerchantBudget budget(String zone, Instant from) {
        Map<String, CampaignBudget> budgets = new HashMap<>();
        for (AdCampaign campaign : campaigns) {
            Long cpc = orNull(campaign.cpcMicros());
            budgets.put(campaign.id(), new CampaignBudget(orNull(campaign.dailyCapMicros()), cpc, null, null));
        }
        return new MerchantBudget(
                id, currency, zone, orNull(dailyCapMicros), cpcMicros, cpmMicros, cpcvMicros, budgets, 1L, from);
    }

    /**
     * The zone in which the day begins at an instant: an offset from UTC from -12:00 to +11:59.
     *
     * @param midnight at the start of a minute
     */
    public static String zoneOfMidnight(Instant midnight) {
        int minute = Math.toIntExact(Math.floorMod(midnight.getEpochSecond() / 60, (long) MINUTES_OF_DAY));
        int offset = minute <= MINUTES_OF_DAY / 2 ? -minute : MINUTES_OF_DAY - minute;
        return ZoneOffset.ofTotalSeconds(offset * 60).getId();
    }

    private static Long orNull(OptionalLong micros) {
        return micros.isPresent() ? Long.valueOf(micros.getAsLong()) : null;
    }
}
