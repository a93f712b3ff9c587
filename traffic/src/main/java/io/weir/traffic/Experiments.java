package io.weir.traffic;

import io.weir.traffic.Experiment.Target;
import io.weir.traffic.Experiment.Variant;
import java.util.List;

/** The experiments that run in the shop, with the effects that a correct evaluation finds. */
public final class Experiments {
    /** Seen on the checkout page. The treatment raises the share of checkouts that are completed by a fifth. */
    public static final Experiment CHECKOUT_BUTTON = new Experiment(
            "checkout-button",
            Target.CHECKOUT_COMPLETION,
            List.of(new Variant("control", 50, 0), new Variant("treatment", 50, 0.20)));

    /** Seen in the cart. Changes what an order brings, not how many there are. */
    public static final Experiment FREE_SHIPPING = new Experiment(
            "free-shipping",
            Target.ORDER_AMOUNT,
            List.of(new Variant("control", 50, 0), new Variant("over-50", 25, 0.12), new Variant("always", 25, -0.06)));

    /** Seen on the home page. Both variants are the same. */
    public static final Experiment HOMEPAGE_TILES = new Experiment(
            "homepage-tiles", Target.NOTHING, List.of(new Variant("control", 50, 0), new Variant("repeat", 50, 0)));

    /** Share of checkouts that the control of {@link #CHECKOUT_BUTTON} completes. */
    public static final double CHECKOUT_COMPLETION = 0.5;

    private Experiments() {}

    /** All of them. */
    public static List<Experiment> all() {
        return List.of(CHECKOUT_BUTTON, FREE_SHIPPING, HOMEPAGE_TILES);
    }
}
