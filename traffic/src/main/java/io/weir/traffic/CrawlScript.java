package io.weir.traffic;

import io.weir.traffic.Payload.AdClicked;
import io.weir.traffic.Payload.AdShown;
import io.weir.traffic.Payload.Exposed;

/** A declared robot that reads page after page, is shown advertisements now and then, and seldom follows one. */
final class CrawlScript implements Actor.Script {
    private static final double AD_SHARE = 0.2;
    private static final double CLICK_SHARE = 0.05;

    private final Shop shop;
    private final Rng rng;
    private int pagesLeft;
    private boolean first = true;

    CrawlScript(Shop shop, Rng rng) {
        this.shop = shop;
        this.rng = rng;
        this.pagesLeft = 10 + rng.nextInt(50);
    }

    static Actor actor(Shop shop, Rng rng, long startAt) {
        Visit visit = new Visit(
                Ids.uuid(rng.nextLong(), 0),
                Devices.anyRobot(rng),
                Addresses.dataCentre(rng),
                "en-US",
                "US",
                null,
                0,
                false);
        return new Actor(new Trail(Author.BOT, shop.ids(), visit, null, startAt), new CrawlScript(shop, rng));
    }

    @Override
    public boolean play(Trail trail) {
        if (first) {
            first = false;
            Experiment tiles = Experiments.HOMEPAGE_TILES;
            trail.show("Home", null, "/", "Shop");
            trail.add(
                    trail.now() + 50,
                    new Exposed(
                            tiles.id(),
                            tiles.variantOf(trail.visit().visitorId()).id()));
        } else {
            Catalogue.Product product =
                    shop.catalogue().product(rng.nextInt(shop.settings().pages()));
            trail.show("Product", product.category(), product.path(), product.name());
            if (rng.chance(AD_SHARE)) {
                ad(trail);
            }
        }
        trail.moveTo(trail.now() + rng.between(800, 8_000));
        return --pagesLeft > 0;
    }

    private void ad(Trail trail) {
        AdOffer offer = shop.merchants().offer(rng, shop.ids(), "product-sidebar", false);
        long shownAt = trail.now() + rng.between(150, 500);
        trail.add(shownAt, new AdShown(offer.shown()));
        if (rng.chance(CLICK_SHARE)) {
            trail.add(shownAt + rng.between(200, 300), new AdClicked(offer.clicked()));
        }
    }
}
