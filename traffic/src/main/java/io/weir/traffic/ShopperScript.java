package io.weir.traffic;

import io.weir.traffic.AdSlots.Click;
import io.weir.traffic.Catalogue.Product;
import io.weir.traffic.Payload.Attested;
import io.weir.traffic.Payload.Exposed;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;

/** One visit of a shopper: landing, looking around, cart, checkout. Each step is a page and what happens on it. */
final class ShopperScript implements Actor.Script {
    private enum Stage {
        LANDING,
        BROWSING,
        ADVERTISED,
        CART,
        CHECKOUT,
        OVER
    }

    /** Nobody reads for less: also what keeps a purchase more than 3 s from the click before it. */
    private static final long SHORTEST_LOOK_MILLIS = 4_000;

    private static final double MEAN_LOOK_MILLIS = 18_000;
    private static final long LONGEST_LOOK_MILLIS = 600_000;
    private static final double BREAK = 0.02;
    private static final double LONG_BREAK = 0.003;
    private static final double BOUNCE = 0.3;
    private static final double ADD_TO_CART = 0.3;
    private static final double SIGNED_IN_ALREADY = 0.5;
    private static final double ATTESTATION = 0.3;
    private static final double HEALTH_REPORT = 0.15;

    private final Shop shop;
    private final Visitor visitor;
    private final Rng rng;
    private final AdSlots ads;
    private final Checkout checkout;
    private final LongConsumer leaving;
    private final String customer;
    private Stage stage = Stage.LANDING;
    private Merchant advertiser;
    private boolean homeSeen;

    private ShopperScript(Shop shop, Visitor visitor, Rng rng, LongConsumer leaving) {
        this.shop = shop;
        this.visitor = visitor;
        this.rng = rng;
        this.ads = new AdSlots(shop, rng);
        this.checkout = new Checkout(shop, visitor, rng);
        this.leaving = leaving;
        boolean other = visitor.otherCustomerId() != null && rng.chance(0.4);
        this.customer = other ? visitor.otherCustomerId() : visitor.customerId();
    }

    /** @param leaving is told when the visit is over, in milliseconds since the epoch */
    static Actor actor(
            Shop shop, Visitor visitor, Channels.Arrival arrival, Rng rng, long startAt, LongConsumer leaving) {
        String referrer = visitor.device().isApp() ? null : arrival.referrer();
        Trail trail = new Trail(Author.SHOPPER, shop.ids(), visitor.visit(arrival.campaign()), referrer, startAt);
        return new Actor(trail, new ShopperScript(shop, visitor, rng, leaving));
    }

    @Override
    public boolean play(Trail trail) {
        switch (stage) {
            case LANDING -> land(trail);
            case BROWSING -> browse(trail);
            case ADVERTISED -> product(trail, shop.catalogue().advertised(advertiser, rng));
            case CART -> cart(trail);
            case CHECKOUT -> pay(trail);
            case OVER -> {}
        }
        if (stage == Stage.OVER) {
            leave(trail);
            return false;
        }
        takeBreak(trail);
        return true;
    }

    private void land(Trail trail) {
        if (customer != null && rng.chance(SIGNED_IN_ALREADY)) {
            trail.signIn(customer);
        }
        double draw = rng.nextDouble();
        stage = rng.chance(BOUNCE) ? Stage.OVER : Stage.BROWSING;
        if (draw < 0.45) {
            home(trail);
        } else if (draw < 0.6) {
            category(trail);
        } else if (draw < 0.88) {
            product(trail, shop.catalogue().anyProduct(rng));
        } else {
            article(trail);
        }
        if (visitor.device().isApp() && rng.chance(ATTESTATION)) {
            long at = trail.step().get(0).occurredAt() + rng.between(30, 300);
            trail.add(
                    at,
                    new Attested(new Attestation(
                            shop.tokens(),
                            false,
                            shop.ids().nextHex(),
                            at,
                            visitor.device().appVersion())));
        }
    }

    private void browse(Trail trail) {
        double draw = rng.nextDouble();
        if (draw < 0.15) {
            stage = Stage.OVER;
        } else if (draw < 0.33) {
            category(trail);
        } else if (draw < 0.45) {
            search(trail);
        } else if (draw < 0.85) {
            product(trail, shop.catalogue().anyProduct(rng));
        } else if (draw < 0.92) {
            article(trail);
        } else {
            home(trail);
        }
    }

    private void home(Trail trail) {
        trail.show("Home", null, "/", "Shop");
        if (!homeSeen) {
            homeSeen = true;
            Experiment tiles = Experiments.HOMEPAGE_TILES;
            String variant = tiles.variantOf(visitor.id()).id();
            trail.add(trail.now() + rng.between(20, 200), new Exposed(tiles.id(), variant));
        }
        if (trail.customerId() == null && rng.chance(0.01)) {
            trail.add(trail.now() + rng.between(3_000, 4_000), Interactions.subscribed(rng));
        }
        look(trail, AdSlots.HOME);
    }

    private void category(Trail trail) {
        String category = shop.catalogue().anyCategory(rng);
        trail.show("Category", category, "/c/" + category, title(category));
        look(trail, AdSlots.CATEGORY);
    }

    private void search(Trail trail) {
        String query = shop.catalogue().anyQuery(rng);
        trail.show("Search", null, "/search", "Search");
        trail.add(trail.now() + rng.between(10, 90), Interactions.searched(query, rng.between(0, 240)));
        look(trail, AdSlots.SEARCH);
    }

    private void article(Trail trail) {
        int article = rng.nextInt(40);
        trail.show("Article", null, "/magazine/" + article, "Magazine " + article);
        look(trail, AdSlots.ARTICLE);
    }

    private void product(Trail trail, Product product) {
        boolean lastPage = stage == Stage.OVER;
        trail.show("Product", product.category(), product.path(), product.name());
        boolean adds = !lastPage && checkout.cart().takes(product) && rng.chance(ADD_TO_CART);
        if (adds) {
            int quantity = rng.chance(0.85) ? 1 : 2 + rng.nextInt(4);
            trail.add(trail.now() + rng.between(2_500, 4_000), Interactions.added(product, quantity));
            checkout.cart().add(product, quantity);
        }
        look(trail, AdSlots.PRODUCT);
        if (stage == Stage.BROWSING && !checkout.cart().isEmpty() && rng.chance(adds ? 0.65 : 0.25)) {
            stage = Stage.CART;
        }
    }

    private void cart(Trail trail) {
        checkout.showCart(trail);
        look(trail, List.of());
        double draw = rng.nextDouble();
        stage = draw < 0.65 ? Stage.CHECKOUT : draw < 0.85 ? Stage.BROWSING : Stage.OVER;
    }

    private void pay(Trail trail) {
        boolean paid = checkout.pay(trail, customer);
        look(trail, List.of());
        stage = rng.chance(paid ? 0.75 : 0.5) ? Stage.OVER : Stage.BROWSING;
    }

    /** The time on a page, with its advertisements; a click leads to what was advertised, or, from the last page, away. */
    private void look(Trail trail, List<AdSlots.Slot> slots) {
        long until = trail.now()
                + Math.min(LONGEST_LOOK_MILLIS, SHORTEST_LOOK_MILLIS + (long) rng.exponential(MEAN_LOOK_MILLIS));
        Optional<Click> click = ads.show(trail, slots, until);
        if (click.isEmpty()) {
            trail.moveTo(until);
            if (stage == Stage.ADVERTISED) {
                stage = Stage.BROWSING;
            }
            return;
        }
        trail.moveTo(click.get().at() + rng.between(200, 900));
        advertiser = click.get().merchant();
        stage = Stage.ADVERTISED;
    }

    private void takeBreak(Trail trail) {
        if (rng.chance(BREAK)) {
            trail.moveTo(trail.now() + rng.between(5 * 60_000, 25 * 60_000));
        } else if (rng.chance(LONG_BREAK)) {
            trail.moveTo(trail.now() + rng.between(31 * 60_000, 70 * 60_000));
        }
    }

    private void leave(Trail trail) {
        if (rng.chance(HEALTH_REPORT)) {
            trail.add(trail.now(), Interactions.health(visitor.device(), rng));
        }
        leaving.accept(trail.now());
    }

    private static String title(String category) {
        return category.substring(0, 1).toUpperCase(Locale.ROOT) + category.substring(1);
    }
}
