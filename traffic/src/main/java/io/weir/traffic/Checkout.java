package io.weir.traffic;

import io.weir.traffic.Payload.Exposed;
import io.weir.traffic.Payload.Ordered;
import io.weir.traffic.Payload.Refunded;

/** Cart and checkout: where the experiments act, where a payment fails, and what is given back later. */
final class Checkout {
    private static final double FAILURE = 0.07;
    private static final double FAILURE_OF_FAULTY_RELEASE = 0.3;
    private static final double ANOTHER_FAILURE = 0.35;
    private static final int MOST_ATTEMPTS = 4;
    private static final double SIGN_IN = 0.7;
    private static final double REFUND = 0.04;
    private static final double PARTIAL_REFUND = 0.3;
    private static final double REFUND_AFTER_MINUTES = 90;
    private static final long LATEST_REFUND_MILLIS = 12 * 3_600_000L;

    private final Shop shop;
    private final Visitor visitor;
    private final Rng rng;
    private final Cart cart = new Cart();

    Checkout(Shop shop, Visitor visitor, Rng rng) {
        this.shop = shop;
        this.visitor = visitor;
        this.rng = rng;
    }

    Cart cart() {
        return cart;
    }

    void showCart(Trail trail) {
        trail.show("Cart", null, "/cart", "Your cart");
        expose(trail, Experiments.FREE_SHIPPING, rng.between(40, 400));
        if (cart.size() < 2 && rng.chance(0.25)) {
            Catalogue.Product extra = shop.catalogue().accessory(cart.first(), 1 + rng.nextInt(3));
            long addedAt = trail.now() + rng.between(2_500, 9_000);
            trail.add(addedAt, Interactions.added(extra, 1));
            if (rng.chance(0.2)) {
                trail.add(addedAt + rng.between(1_500, 6_000), Interactions.removed(extra, 1));
            } else {
                cart.add(extra, 1);
            }
        }
    }

    /**
     * Plays the checkout page, and the confirmation after it.
     *
     * @param customer who signs in if nobody has yet; null: buys as a guest
     * @return whether the order was paid
     */
    boolean pay(Trail trail, String customer) {
        trail.show("Checkout", null, "/checkout", "Checkout");
        Experiment.Variant variant = expose(trail, Experiments.CHECKOUT_BUTTON, rng.between(40, 400));
        long at = trail.now() + rng.between(500, 1_500);
        long value = amountMicros();
        trail.add(at, Interactions.checkoutStarted(value, cart.merchant().currency(), cart.size()));
        if (customer != null && trail.customerId() == null && rng.chance(SIGN_IN)) {
            at += rng.between(5_000, 20_000);
            signIn(trail, customer, at, rng);
        }
        boolean completes = rng.chance(Experiments.CHECKOUT_COMPLETION * (1 + variant.relativeEffect()));
        at = fail(trail, at, value);
        trail.moveTo(at + rng.between(6_000, 60_000));
        if (completes) {
            complete(trail, value);
        }
        return completes;
    }

    static void signIn(Trail trail, String customer, long at, Rng rng) {
        trail.signIn(customer);
        trail.add(at, Interactions.signedIn(rng));
        trail.add(at + 15, Interactions.identified(customer));
    }

    private Experiment.Variant expose(Trail trail, Experiment experiment, long afterMillis) {
        Experiment.Variant variant = experiment.variantOf(visitor.id());
        trail.add(trail.now() + afterMillis, new Exposed(experiment.id(), variant.id()));
        return variant;
    }

    /** Payments that fail before the one that succeeds, or before the shopper gives up. */
    private long fail(Trail trail, long startedAt, long value) {
        boolean faulty = Devices.FAULTY_APP_VERSION.equals(visitor.device().appVersion());
        long at = startedAt;
        double probability = faulty ? FAILURE_OF_FAULTY_RELEASE : FAILURE;
        for (int attempt = 1; attempt <= MOST_ATTEMPTS && rng.chance(probability); attempt++) {
            at += rng.between(8_000, 40_000);
            String reason = faulty && rng.chance(0.8) ? "app_error" : anyReason();
            trail.add(at, Interactions.checkoutFailed(value, cart.merchant().currency(), reason, attempt, rng));
            probability = ANOTHER_FAILURE;
        }
        return at;
    }

    private String anyReason() {
        double draw = rng.nextDouble();
        return draw < 0.6 ? "card_declined" : draw < 0.8 ? "timeout" : "address_invalid";
    }

    private void complete(Trail trail, long amount) {
        Merchant merchant = cart.merchant();
        String orderId = "o-" + shop.ids().nextHex();
        long orderedAt = trail.now();
        trail.add(orderedAt, new Ordered(orderId, amount, merchant.currency(), merchant.id(), cart.orderLines()));
        trail.moveTo(orderedAt + 120);
        trail.show("Order Confirmation", null, "/checkout/thank-you", "Thank you");
        cart.clear();
        if (rng.chance(REFUND)) {
            long back = rng.chance(PARTIAL_REFUND) ? Money.payable(amount / 2.0, merchant.currency()) : amount;
            refund(trail, new Refunded(orderId, back, merchant.currency(), merchant.id()), orderedAt);
        }
    }

    /** What the order costs: the lines, as the variant of {@link Experiments#FREE_SHIPPING} changes it. */
    private long amountMicros() {
        double effect = Experiments.FREE_SHIPPING.variantOf(visitor.id()).relativeEffect();
        return Money.payable(cart.valueMicros() * (1 + effect), cart.merchant().currency());
    }

    private void refund(Trail trail, Refunded refunded, long orderedAt) {
        double delay = rng.exponential(REFUND_AFTER_MINUTES * 60_000);
        long at = orderedAt + 60_000 + Math.min(LATEST_REFUND_MILLIS, (long) delay);
        Visit server = new Visit(visitor.id(), Devices.SERVER, null, null, null, null, 0, false);
        Trail office = new Trail(Author.SHOPPER, shop.ids(), server, null, at);
        office.signIn(trail.customerId());
        trail.spawn(new Actor(office, step -> {
            step.add(at, refunded);
            return false;
        }));
    }
}
