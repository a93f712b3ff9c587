package io.weir.traffic;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * All actors together: their events in the order of event time, without end. Shoppers, robots and frauds come
 * independently of each other, at rates that give each its share of the events. Only those who are under way are held.
 */
final class Timeline {
    private static final Comparator<Playing> ORDER =
            Comparator.comparingLong(Playing::nextAt).thenComparingLong(Playing::ordinal);

    private final Shop shop;
    private final PriorityQueue<Playing> playing = new PriorityQueue<>(ORDER);
    private final Arrivals shoppers;
    private final Arrivals robots;
    private final Arrivals frauds;
    private long entered;

    Timeline(TrafficSettings settings) {
        this.shop = Shop.of(settings);
        Calibration calibration = Calibration.of(shop.withIdsOfItsOwn());
        double rate = settings.rate() / 1000;
        double shopping = 1 - settings.botShare() - settings.fraudShare();
        this.shoppers = arrivals(1, calibration.warmUp(), rate * shopping / calibration.eventsPerVisit());
        this.robots = arrivals(2, WarmUp.NONE, rate * settings.botShare() / calibration.eventsPerCrawl());
        this.frauds = arrivals(3, WarmUp.NONE, rate * settings.fraudShare() / calibration.eventsPerBurst());
    }

    private Arrivals arrivals(int purpose, WarmUp warmUp, double perMilli) {
        TrafficSettings settings = shop.settings();
        return new Arrivals(
                Rng.of(settings.seed(), purpose),
                DayCurve.of(settings),
                warmUp,
                settings.start().toEpochMilli(),
                Math.max(0, perMilli));
    }

    Shop shop() {
        return shop;
    }

    /** Event time of the next event, milliseconds. Nothing that comes later happened earlier. */
    long nextAt() {
        admit();
        return playing.peek().nextAt();
    }

    ShopEvent next() {
        admit();
        Playing first = playing.poll();
        ShopEvent event = first.actor().next();
        if (first.actor().hasNext()) {
            playing.add(new Playing(first.actor(), first.actor().nextAt(), first.ordinal()));
        }
        for (Actor spawned : first.actor().spawned()) {
            enter(spawned);
        }
        first.actor().spawned().clear();
        return event;
    }

    /** Lets everybody in who comes before the next event. */
    private void admit() {
        while (true) {
            long next = playing.isEmpty() ? Long.MAX_VALUE : playing.peek().nextAt();
            long arrival = Math.min(shoppers.nextAt(), Math.min(robots.nextAt(), frauds.nextAt()));
            if (arrival > next) {
                return;
            }
            if (shoppers.nextAt() == arrival) {
                shopper(arrival, shoppers.arrive());
            } else if (robots.nextAt() == arrival) {
                enter(CrawlScript.actor(shop, robots.arrive(), arrival));
            } else {
                enter(FraudBursts.actor(shop, frauds.arrive(), arrival));
            }
        }
    }

    private void shopper(long at, Rng rng) {
        VisitorPopulation visitors = shop.visitors();
        int number = visitors.arrive(at, rng);
        Channels.Arrival arrival = Channels.arrival(visitors.isReturning(number), rng);
        visitors.stay(number);
        Visitor visitor = visitors.visitor(number);
        enter(ShopperScript.actor(shop, visitor, arrival, rng, at, left -> visitors.leave(number, left, rng)));
    }

    private void enter(Actor actor) {
        if (actor.hasNext()) {
            playing.add(new Playing(actor, actor.nextAt(), entered++));
        }
    }

    private record Playing(Actor actor, long nextAt, long ordinal) {}
}
