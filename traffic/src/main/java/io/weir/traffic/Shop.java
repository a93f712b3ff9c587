package io.weir.traffic;

/** All that the scripts share. */
record Shop(
        TrafficSettings settings,
        Merchants merchants,
        Catalogue catalogue,
        VisitorPopulation visitors,
        AppTokens tokens,
        Ids ids) {

    static Shop of(TrafficSettings settings) {
        Merchants merchants = new Merchants(settings);
        return new Shop(
                settings,
                merchants,
                new Catalogue(settings, merchants),
                new VisitorPopulation(settings),
                new AppTokens(settings.seed()),
                new Ids(settings.seed()));
    }

    /** The same shop, for playing apart from the traffic without using up its identifiers. */
    Shop withIdsOfItsOwn() {
        return new Shop(settings, merchants, catalogue, visitors, tokens, new Ids(settings.seed()));
    }
}
