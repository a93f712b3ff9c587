package io.weir.traffic;

import java.util.List;

/** Where visits come from: every channel that Weir tells apart, except internal, which is the shop's own referrer. */
final class Channels {
    private static final List<String> SEARCH_ENGINES = List.of(
            "https://www.google.com/", "https://www.google.com/", "https://www.bing.com/", "https://duckduckgo.com/");
    private static final List<String> NETWORKS = List.of(
            "https://www.facebook.com/",
            "https://www.instagram.com/",
            "https://t.co/",
            "https://www.reddit.com/",
            "https://www.youtube.com/");
    private static final List<String> SITES = List.of(
            "https://blog.example.org/best-of-winter",
            "https://forum.example.net/t/8841",
            "https://news.example.com/shopping",
            "https://www.example.edu/links");
    private static final List<Campaign> PAID = List.of(
            new Campaign("google", "cpc", "brand", "shop", "text-a"),
            new Campaign("google", "cpc", "winter-sale", "winter coat", "text-b"),
            new Campaign("bing", "cpc", "brand", "shop example", null));
    private static final List<Campaign> SOCIAL = List.of(
            new Campaign("facebook", "social", "winter-sale", null, "carousel"),
            new Campaign("instagram", "social", "new-arrivals", null, "story"));
    private static final List<Campaign> EMAIL = List.of(
            new Campaign("newsletter", "email", "weekly", null, "header"),
            new Campaign("newsletter", "email", "winter-sale", null, "hero"),
            new Campaign("crm", "email", "cart-reminder", null, null));
    private static final List<Campaign> AFFILIATES = List.of(
            new Campaign("awin", "affiliate", "coupons", null, null),
            new Campaign("tradedoubler", "affiliate", "price-comparison", null, null));
    private static final List<Campaign> DISPLAY = List.of(
            new Campaign("dv360", "display", "retargeting", null, "banner-300x250"),
            new Campaign("criteo", "display", "retargeting", null, "banner-728x90"));

    private static final Weighted<Source> NEW_VISITORS = weighted(18, 32, 16, 12, 3, 5, 6, 8);
    private static final Weighted<Source> RETURNING_VISITORS = weighted(42, 18, 9, 7, 14, 3, 4, 3);

    private Channels() {}

    /**
     * How a visit came about.
     *
     * @param referrer null without one
     * @param campaign null without one
     */
    record Arrival(String referrer, Campaign campaign) {
        static final Arrival DIRECT = new Arrival(null, null);
    }

    private enum Source {
        DIRECT,
        ORGANIC_SEARCH,
        PAID_SEARCH,
        SOCIAL,
        EMAIL,
        AFFILIATE,
        DISPLAY,
        REFERRAL
    }

    static Arrival arrival(boolean returning, Rng rng) {
        return switch ((returning ? RETURNING_VISITORS : NEW_VISITORS).pick(rng)) {
            case DIRECT -> Arrival.DIRECT;
            case ORGANIC_SEARCH -> new Arrival(rng.pick(SEARCH_ENGINES), null);
            case PAID_SEARCH -> new Arrival(rng.pick(SEARCH_ENGINES), rng.pick(PAID));
            case SOCIAL -> new Arrival(rng.pick(NETWORKS), rng.chance(0.5) ? rng.pick(SOCIAL) : null);
            case EMAIL -> new Arrival(null, rng.pick(EMAIL));
            case AFFILIATE -> new Arrival(rng.pick(SITES), rng.pick(AFFILIATES));
            case DISPLAY -> new Arrival(rng.pick(SITES), rng.pick(DISPLAY));
            case REFERRAL -> new Arrival(rng.pick(SITES), null);
        };
    }

    /** Weights in the order of the sources. */
    private static Weighted<Source> weighted(int... weights) {
        Weighted<Source> sources = new Weighted<>();
        Source[] all = Source.values();
        for (int i = 0; i < all.length; i++) {
            sources.with(all[i], weights[i]);
        }
        return sources;
    }
}
