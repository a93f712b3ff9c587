package io.weir.traffic;

import io.weir.traffic.Payload.AdClicked;
import io.weir.traffic.Payload.AdShown;
import io.weir.traffic.Payload.Attested;
import io.weir.traffic.Payload.OrderLine;
import io.weir.traffic.Payload.Ordered;
import java.util.List;

/** Makes one fraud at a time, of the schemes in {@link FraudScheme}: minutes at most, by visitors of its own. */
final class FraudBursts {
    /** The longer a burst is, the seldomer it comes, so that every scheme has a part of the events. */
    private static final Weighted<FraudScheme> SCHEMES = new Weighted<FraudScheme>()
            .with(FraudScheme.CLICK_FLOOD, 4)
            .with(FraudScheme.IP_FARM, 1)
            .with(FraudScheme.GHOST_CLICKS, 8)
            .with(FraudScheme.INSTANT_CLICKS, 6)
            .with(FraudScheme.INSTANT_PURCHASE, 8)
            .with(FraudScheme.MERCHANT_SWEEP, 2)
            .with(FraudScheme.IMPRESSION_FLOOD, 1)
            .with(FraudScheme.FORGED_TOKEN, 6)
            .with(FraudScheme.REPLAYED_TOKEN, 4);

    private static final String PLACEMENT = "product-sidebar";
    private static final long BURST_MILLIS = 50_000;

    private final Shop shop;
    private final Rng rng;
    private final Trail trail;

    private FraudBursts(Shop shop, Rng rng, Trail trail) {
        this.shop = shop;
        this.rng = rng;
        this.trail = trail;
    }

    static Actor actor(Shop shop, Rng rng, long startAt) {
        FraudScheme scheme = SCHEMES.pick(rng);
        boolean app = scheme == FraudScheme.FORGED_TOKEN || scheme == FraudScheme.REPLAYED_TOKEN;
        Device device = app ? Devices.anyApp(rng) : Devices.anyWeb(rng);
        Visit visit = visit(rng, device, Addresses.dataCentre(rng));
        Trail trail = new Trail(Author.of(scheme), shop.ids(), visit, null, startAt);
        FraudBursts burst = new FraudBursts(shop, rng, trail);
        return new Actor(trail, ignored -> {
            burst.play(scheme);
            return false;
        });
    }

    private static Visit visit(Rng rng, Device device, String ip) {
        return new Visit(Ids.uuid(rng.nextLong(), 0), device, ip, "en-US", "US", null, 0, false);
    }

    private void play(FraudScheme scheme) {
        switch (scheme) {
            case CLICK_FLOOD -> clickFlood();
            case IP_FARM -> ipFarm();
            case GHOST_CLICKS -> ghostClicks();
            case INSTANT_CLICKS -> instantClicks();
            case INSTANT_PURCHASE -> instantPurchase();
            case MERCHANT_SWEEP -> merchantSweep();
            case IMPRESSION_FLOOD -> impressionFlood();
            case FORGED_TOKEN -> tokens(true, 1);
            case REPLAYED_TOKEN -> tokens(false, 3);
        }
    }

    private void clickFlood() {
        showProduct();
        AdOffer offer = anyOffer();
        long at = trail.now() + 300;
        trail.add(at, new AdShown(offer.shown()));
        int clicks = 12 + rng.nextInt(29);
        for (int i = 0; i < clicks; i++) {
            at += rng.between(200, 2_500);
            trail.add(at, new AdClicked(offer.clicked()));
        }
    }

    private void ipFarm() {
        Merchant victim = shop.merchants().any(rng);
        String ip = trail.visit().ip();
        long start = trail.now();
        int visitors = 25 + rng.nextInt(26);
        for (int i = 0; i < visitors; i++) {
            trail.becomes(visit(rng, Devices.anyWeb(rng), ip));
            trail.moveTo(start + BURST_MILLIS * i / visitors);
            showProduct();
            AdOffer offer = shop.merchants().offer(victim, rng, shop.ids(), PLACEMENT, false);
            long shownAt = trail.now() + rng.between(200, 500);
            trail.add(shownAt, new AdShown(offer.shown()));
            trail.add(shownAt + rng.between(300, 2_000), new AdClicked(offer.clicked()));
        }
    }

    private void ghostClicks() {
        showProduct();
        long at = trail.now();
        int clicks = 3 + rng.nextInt(6);
        for (int i = 0; i < clicks; i++) {
            at += rng.between(2_500, 20_000);
            trail.add(at, new AdClicked(anyOffer().clicked()));
        }
    }

    private void instantClicks() {
        showProduct();
        long at = trail.now();
        int pairs = 3 + rng.nextInt(6);
        for (int i = 0; i < pairs; i++) {
            at += rng.between(2_500, 20_000);
            AdOffer offer = anyOffer();
            trail.add(at, new AdShown(offer.shown()));
            trail.add(at + rng.between(5, 90), new AdClicked(offer.clicked()));
        }
    }

    private void instantPurchase() {
        showProduct();
        Catalogue.Product product = shop.catalogue().anyProduct(rng);
        Merchant merchant = product.merchant();
        AdOffer offer = shop.merchants().offer(merchant, rng, shop.ids(), PLACEMENT, false);
        long shownAt = trail.now() + 400;
        long clickedAt = shownAt + rng.between(800, 3_000);
        trail.add(shownAt, new AdShown(offer.shown()));
        trail.add(clickedAt, new AdClicked(offer.clicked()));
        OrderLine line = new OrderLine(product.id(), product.name(), product.category(), 1, product.priceMicros());
        trail.add(
                clickedAt + rng.between(400, 2_500),
                new Ordered(
                        "o-" + shop.ids().nextHex(),
                        product.priceMicros(),
                        merchant.currency(),
                        merchant.id(),
                        List.of(line)));
    }

    private void merchantSweep() {
        showProduct();
        List<Merchant> all = shop.merchants().all();
        int count = Math.min(all.size(), 18 + rng.nextInt(13));
        int first = rng.nextInt(all.size());
        for (int i = 0; i < count; i++) {
            Merchant merchant = all.get((first + i) % all.size());
            AdOffer offer = shop.merchants().offer(merchant, rng, shop.ids(), PLACEMENT, false);
            long shownAt = trail.now() + 300 + (BURST_MILLIS - 2_000) * i / count;
            trail.add(shownAt, new AdShown(offer.shown()));
            trail.add(shownAt + rng.between(300, 900), new AdClicked(offer.clicked()));
        }
    }

    private void impressionFlood() {
        showProduct();
        int impressions = 80 + rng.nextInt(71);
        for (int i = 0; i < impressions; i++) {
            trail.add(
                    trail.now() + 200 + BURST_MILLIS * i / impressions,
                    new AdShown(anyOffer().shown()));
        }
    }

    private void tokens(boolean forged, int times) {
        trail.show("Home", null, "/", "Shop");
        long at = trail.now() + 100;
        Attestation attestation = new Attestation(
                shop.tokens(),
                forged,
                shop.ids().nextHex(),
                at,
                trail.visit().device().appVersion());
        for (int i = 0; i < times; i++) {
            trail.add(at, new Attested(attestation));
            at += rng.between(20_000, 200_000);
        }
    }

    private void showProduct() {
        Catalogue.Product product = shop.catalogue().anyProduct(rng);
        trail.show("Product", product.category(), product.path(), product.name());
    }

    private AdOffer anyOffer() {
        return shop.merchants().offer(rng, shop.ids(), PLACEMENT, false);
    }
}
