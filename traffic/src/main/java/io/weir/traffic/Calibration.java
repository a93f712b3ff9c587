package io.weir.traffic;

/**
 * How many events an actor of each sort makes, found by playing some of them apart from the traffic, so that the rate
 * and the shares come out as the settings say whatever else is set.
 */
record Calibration(double eventsPerVisit, double eventsPerCrawl, double eventsPerBurst, WarmUp warmUp) {
    private static final int VISITS = 3_000;
    private static final int CRAWLS = 500;
    private static final int BURSTS = 3_000;
    private static final long PURPOSE = 0x43414C4942L;
    private static final long AT_ONCE_MILLIS = 2_000;
    /** Longer than that is a break; the few long breaks would hide how a visit usually goes. */
    private static final long USUAL_MILLIS = 240_000;

    static Calibration of(Shop shop) {
        Rng rng = Rng.of(shop.settings().seed(), PURPOSE);
        int visitors = shop.settings().visitors();
        Played visits = new Played();
        for (int i = 0; i < VISITS; i++) {
            Rng own = new Rng(rng.nextLong());
            visits.play(ShopperScript.actor(
                    shop, shop.visitors().visitor(own.nextInt(visitors)), Channels.Arrival.DIRECT, own, 0, at -> {}));
        }
        Played crawls = new Played();
        for (int i = 0; i < CRAWLS; i++) {
            crawls.play(CrawlScript.actor(shop, new Rng(rng.nextLong()), 0));
        }
        Played bursts = new Played();
        for (int i = 0; i < BURSTS; i++) {
            bursts.play(FraudBursts.actor(shop, new Rng(rng.nextLong()), 0));
        }
        double atOnce = visits.atOnce / (double) visits.events;
        double meanMillis = visits.millis / (double) visits.events;
        return new Calibration(
                visits.events / (double) VISITS,
                crawls.events / (double) CRAWLS,
                bursts.events / (double) BURSTS,
                new WarmUp(atOnce, meanMillis / (1 - atOnce)));
    }

    /** Sums over actors that start at 0. */
    private static final class Played {
        private long events;
        private long atOnce;
        private long millis;

        void play(Actor actor) {
            while (actor.hasNext()) {
                long at = actor.next().occurredAt();
                events++;
                millis += Math.min(at, USUAL_MILLIS);
                if (at < AT_ONCE_MILLIS) {
                    atOnce++;
                }
            }
            events += actor.spawned().size();
        }
    }
}
