package io.weir.traffic;

import java.util.List;
import java.util.Locale;

/** The products, one page each. A product is computed from its number when it is needed, none is kept. */
final class Catalogue {
    static final List<String> CATEGORIES = List.of(
            "books",
            "electronics",
            "fashion",
            "food",
            "garden",
            "health",
            "home",
            "kids",
            "music",
            "office",
            "sports",
            "toys");

    private static final List<String> QUALITIES = List.of(
            "Plain",
            "Fine",
            "Light",
            "Sturdy",
            "Small",
            "Large",
            "Blue",
            "Red",
            "Green",
            "Folding",
            "Classic",
            "Travel",
            "Evening",
            "Winter",
            "Everyday",
            "Quiet");
    private static final List<List<String>> THINGS = List.of(
            List.of("Novel", "Atlas", "Cookbook", "Diary"),
            List.of("Headphones", "Lamp", "Charger", "Radio"),
            List.of("Coat", "Scarf", "Boots", "Shirt"),
            List.of("Tea", "Olive Oil", "Honey", "Coffee"),
            List.of("Spade", "Hose", "Planter", "Bench"),
            List.of("Soap", "Balm", "Brush", "Towel"),
            List.of("Kettle", "Cushion", "Shelf", "Pan"),
            List.of("Blanket", "Bottle", "Pyjamas", "Stroller"),
            List.of("Guitar", "Metronome", "Strings", "Record"),
            List.of("Chair", "Notebook", "Desk", "Pen"),
            List.of("Ball", "Racket", "Mat", "Tent"),
            List.of("Puzzle", "Kite", "Blocks", "Train"));
    /** Whether a category is shown, in the order of the list. */
    private static final double CATEGORY_EXPONENT = 0.6;

    private final long seed;
    private final Zipf products;
    private final Zipf categories = new Zipf(CATEGORIES.size(), CATEGORY_EXPONENT);
    private final Zipf merchantsByProducts;
    private final Merchants merchants;

    Catalogue(TrafficSettings settings, Merchants merchants) {
        this.seed = settings.seed() ^ 0x50524F44L;
        this.products = new Zipf(settings.pages(), settings.pageExponent());
        this.merchantsByProducts = new Zipf(settings.merchants(), settings.merchantExponent());
        this.merchants = merchants;
    }

    /**
     * One product.
     *
     * @param path of its page
     * @param priceMicros in the currency of its merchant
     */
    record Product(String id, String name, String category, String path, Merchant merchant, long priceMicros) {}

    Product anyProduct(Rng rng) {
        return product(products.sample(rng));
    }

    /** A product that the merchant's advertisements lead to, on a page of the same catalogue. */
    Product advertised(Merchant merchant, Rng rng) {
        Product product = anyProduct(rng);
        long price = Money.payable(
                product.priceMicros()
                        / Money.perEuro(product.merchant().currency())
                        * Money.perEuro(merchant.currency()),
                merchant.currency());
        return new Product(product.id(), product.name(), product.category(), product.path(), merchant, price);
    }

    Product product(int number) {
        Rng rng = Rng.of(seed, number);
        Merchant merchant = merchants.all().get(merchantsByProducts.sample(rng));
        int category = rng.nextInt(CATEGORIES.size());
        String quality = rng.pick(QUALITIES);
        String thing = rng.pick(THINGS.get(category));
        long price = Money.payable(
                1e6 * Money.perEuro(merchant.currency()) * rng.logUniform(4.99, 299.99), merchant.currency());
        String slug = (quality + "-" + thing).toLowerCase(Locale.ROOT).replace(' ', '-');
        return new Product(
                "p-" + number,
                quality + " " + thing,
                CATEGORIES.get(category),
                "/p/" + slug + "-" + number,
                merchant,
                price);
    }

    /** Something small that is bought with the product: the same merchant, a fraction of the price. */
    Product accessory(Product product, int number) {
        return new Product(
                product.id() + "-x" + number,
                "Spare part " + number + " for " + product.name(),
                product.category(),
                product.path(),
                product.merchant(),
                Money.payable(
                        product.priceMicros() * 0.15 * number,
                        product.merchant().currency()));
    }

    String anyCategory(Rng rng) {
        return CATEGORIES.get(categories.sample(rng));
    }

    /** What a visitor types to find a product. */
    String anyQuery(Rng rng) {
        return rng.pick(rng.pick(THINGS)).toLowerCase(Locale.ROOT);
    }
}
