package io.weir.traffic;

import io.weir.traffic.Merchant.AdCampaign;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The merchants, their budgets, and whose advertisement is shown next. Caps are set against what the merchant is to
 * spend at the settings' rate, so that some bind within minutes of event time, some within hours and some never.
 */
final class Merchants {
    /** Measured over 200 000 events of the defaults, see TrafficProportionsTest; caps need no better. */
    static final double IMPRESSIONS_PER_EVENT = 0.44;

    static final double CLICKS_PER_EVENT = 0.025;

    private static final double NEVER = 0;
    /** Minutes of mean spend after which a merchant's cap is reached, dealt out in turn. */
    private static final double[] CAP_MINUTES = {30, NEVER, 5, 180, 15, 720, 2880, NEVER};

    private static final Weighted<String> CURRENCIES = new Weighted<String>()
            .with("EUR", 72)
            .with("USD", 14)
            .with("GBP", 9)
            .with("IDR", 5);

    private final List<Merchant> merchants;
    private final Zipf zipf;

    Merchants(TrafficSettings settings) {
        this.zipf = new Zipf(settings.merchants(), settings.merchantExponent());
        double[] shares = zipf.probabilities();
        List<Merchant> all = new ArrayList<>(settings.merchants());
        for (int i = 0; i < settings.merchants(); i++) {
            all.add(merchant(i, settings, shares[i]));
        }
        this.merchants = List.copyOf(all);
    }

    List<Merchant> all() {
        return merchants;
    }

    Merchant any(Rng rng) {
        return merchants.get(zipf.sample(rng));
    }

    AdOffer offer(Rng rng, Ids ids, String placement, boolean promotion) {
        return offer(any(rng), rng, ids, placement, promotion);
    }

    AdOffer offer(Merchant merchant, Rng rng, Ids ids, String placement, boolean promotion) {
        AdCampaign campaign = rng.pick(merchant.campaigns());
        double bid = 0.6 + 0.8 * rng.nextDouble();
        return new AdOffer(merchant, campaign, rng.pick(campaign.ads()), placement, promotion, ids.next(), bid);
    }

    private static Merchant merchant(int index, TrafficSettings settings, double share) {
        Rng rng = Rng.of(settings.seed() ^ 0x4D45524348L, index);
        String id = "m-" + (index + 1);
        String currency = CURRENCIES.pick(rng);
        double unit = 1e6 * Money.perEuro(currency);
        long cpc = Money.payable(unit * rng.logUniform(0.05, 0.6), currency);
        long cpm = Money.payable(unit * rng.logUniform(0.5, 6), currency);
        long cpcv = Money.payable(unit * rng.logUniform(0.01, 0.05), currency);
        double spendPerSecond =
                settings.rate() * share * (CLICKS_PER_EVENT * cpc + IMPRESSIONS_PER_EVENT * cpm / 1000.0);
        double minutes = CAP_MINUTES[index % CAP_MINUTES.length];
        OptionalLong cap = minutes == NEVER
                ? OptionalLong.empty()
                : OptionalLong.of(Money.payable(spendPerSecond * 60 * minutes, currency));
        return new Merchant(id, currency, zone(currency, rng), cap, cpc, cpm, cpcv, campaigns(id, rng, cap, cpc));
    }

    private static List<AdCampaign> campaigns(String merchantId, Rng rng, OptionalLong merchantCap, long cpc) {
        int count = 1 + rng.nextInt(4);
        List<AdCampaign> campaigns = new ArrayList<>(count);
        for (int c = 1; c <= count; c++) {
            String id = merchantId + "-c" + c;
            boolean capped = merchantCap.isPresent() && rng.chance(0.25);
            boolean dearer = rng.chance(0.2);
            boolean auction = rng.chance(0.2);
            int ads = 1 + rng.nextInt(3);
            List<String> adIds = new ArrayList<>(ads);
            for (int a = 1; a <= ads; a++) {
                adIds.add(id + "-a" + a);
            }
            campaigns.add(new AdCampaign(
                    id,
                    capped ? OptionalLong.of(Math.max(1, merchantCap.getAsLong() / 3)) : OptionalLong.empty(),
                    dearer ? OptionalLong.of(cpc * 3 / 2) : OptionalLong.empty(),
                    auction,
                    List.copyOf(adIds)));
        }
        return List.copyOf(campaigns);
    }

    private static String zone(String currency, Rng rng) {
        return switch (currency) {
            case "USD" -> rng.pick(List.of("America/New_York", "America/Chicago", "America/Los_Angeles"));
            case "GBP" -> "Europe/London";
            case "IDR" -> rng.pick(List.of("Asia/Jakarta", "Asia/Makassar"));
            default -> rng.pick(List.of("Europe/Paris", "Europe/Berlin", "Europe/Madrid", "Europe/Helsinki"));
        };
    }
}
