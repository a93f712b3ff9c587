package io.weir.traffic;

import io.weir.traffic.Catalogue.Product;
import io.weir.traffic.Payload.Interacted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The named events of the shop with their properties, as README.md lists them. */
final class Interactions {
    private static final List<String> PAYMENT_METHODS = List.of("card", "card", "paypal", "transfer");
    private static final List<String> SIGN_IN_METHODS = List.of("password", "password", "google", "apple");

    private Interactions() {}

    static Interacted searched(String query, long results) {
        return of("Products Searched", "query", query, "results", results);
    }

    static Interacted added(Product product, int quantity) {
        return line("Product Added", product, quantity);
    }

    static Interacted removed(Product product, int quantity) {
        return line("Product Removed", product, quantity);
    }

    static Interacted checkoutStarted(long valueMicros, String currency, int lines) {
        return of("Checkout Started", "value", Money.decimal(valueMicros), "currency", currency, "lines", (long) lines);
    }

    static Interacted checkoutFailed(long valueMicros, String currency, String reason, int attempt, Rng rng) {
        return of(
                "Checkout Failed",
                "value",
                Money.decimal(valueMicros),
                "currency",
                currency,
                "reason",
                reason,
                "payment_method",
                rng.pick(PAYMENT_METHODS),
                "attempt",
                (long) attempt);
    }

    static Interacted signedIn(Rng rng) {
        return of("Signed In", "method", rng.pick(SIGN_IN_METHODS));
    }

    static Interacted subscribed(Rng rng) {
        return of("Newsletter Subscribed", "list", rng.chance(0.7) ? "weekly" : "offers");
    }

    /** Traits that follow from the customer. */
    static Interacted identified(String customerId) {
        Rng rng = new Rng(Hashing.of(customerId));
        String since =
                (2019 + rng.nextInt(7)) + "-" + (rng.chance(0.25) ? "1" + rng.nextInt(3) : "0" + (1 + rng.nextInt(9)));
        return of("identify", "plan", rng.chance(0.2) ? "plus" : "free", "newsletter", rng.chance(0.4), "since", since);
    }

    /** What a library says of itself; one release of one loses a twentieth. */
    static Interacted health(Device device, Rng rng) {
        long sent = rng.between(10, 209);
        boolean lossy = device.libraryVersion().equals(Devices.LOSSY_LIBRARY_VERSION);
        long dropped = lossy ? sent / 20 + rng.nextInt(3) : rng.chance(0.03) ? 1 : 0;
        return of("Collector Health", "sent", sent, "dropped", dropped, "retried", (long) rng.nextInt(4));
    }

    private static Interacted line(String name, Product product, int quantity) {
        return of(
                name,
                "product_id",
                product.id(),
                "name",
                product.name(),
                "category",
                product.category(),
                "merchant_id",
                product.merchant().id(),
                "price",
                Money.decimal(product.priceMicros()),
                "currency",
                product.merchant().currency(),
                "quantity",
                (long) quantity);
    }

    private static Interacted of(String name, Object... namesAndValues) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Interacted(name, properties);
    }
}
