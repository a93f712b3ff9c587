package io.weir.traffic;

import java.util.Locale;

/**
 * Who comes. Everything about a visitor follows from the seed and the visitor's number; only when each may come again is
 * kept, in four bytes a visitor. Frequent visitors come by Zipf's law, as far as half an hour lies between two visits.
 */
final class VisitorPopulation {
    private static final int ATTEMPTS = 12;
    private static final int AWAY_SECONDS = 31 * 60;
    /** Share of visits after which the visitor may be back before the session is over. */
    private static final double BACK_SOON = 0.03;

    private static final int BACK_SOON_SECONDS = 5 * 60;
    private static final double CUSTOMER_SHARE = 0.4;
    private static final double SHARED_BROWSER_SHARE = 0.04;
    private static final double SECOND_DEVICE_SHARE = 0.25;
    private static final int SECOND_PERSON = 50_000_000;

    private static final Weighted<Locale> LOCALES = new Weighted<Locale>()
            .with(Locale.GERMANY, 20)
            .with(Locale.FRANCE, 17)
            .with(Locale.UK, 12)
            .with(Locale.US, 12)
            .with(Locale.ITALY, 8)
            .with(Locale.forLanguageTag("es-ES"), 9)
            .with(Locale.forLanguageTag("nl-NL"), 6)
            .with(Locale.forLanguageTag("pl-PL"), 5)
            .with(Locale.forLanguageTag("sv-SE"), 3)
            .with(Locale.forLanguageTag("fi-FI"), 2)
            .with(Locale.forLanguageTag("id-ID"), 6);

    private final long seed;
    private final double batchShare;
    private final long startMillis;
    private final Zipf zipf;
    /** Per visitor: the second, counted from 1 at the start, from which on a new visit may begin; 0: never came. */
    private final int[] awayUntil;

    VisitorPopulation(TrafficSettings settings) {
        this.seed = settings.seed() ^ 0x5649534954L;
        this.batchShare = settings.batchShare();
        this.startMillis = settings.start().toEpochMilli();
        this.zipf = new Zipf(settings.visitors(), settings.visitorExponent());
        this.awayUntil = new int[settings.visitors()];
    }

    /** The number of a visitor who may come now, if one is found in a few attempts; he is here until {@link #leave}. */
    int arrive(long nowMillis, Rng rng) {
        int now = second(nowMillis);
        int visitor = zipf.sample(rng);
        for (int i = 0; i < ATTEMPTS && awayUntil[visitor] > now; i++) {
            visitor = zipf.sample(rng);
        }
        for (int i = 0; i < ATTEMPTS && awayUntil[visitor] > now; i++) {
            visitor = rng.nextInt(awayUntil.length);
        }
        return visitor;
    }

    boolean isReturning(int visitor) {
        return awayUntil[visitor] != 0;
    }

    void stay(int visitor) {
        awayUntil[visitor] = Integer.MAX_VALUE;
    }

    void leave(int visitor, long nowMillis, Rng rng) {
        awayUntil[visitor] = second(nowMillis) + (rng.chance(BACK_SOON) ? BACK_SOON_SECONDS : AWAY_SECONDS);
    }

    Visitor visitor(int number) {
        Rng rng = Rng.of(seed, number);
        Device device = Devices.anyVisitors(rng);
        Locale locale = LOCALES.pick(rng);
        boolean customer = rng.chance(CUSTOMER_SHARE);
        boolean secondDevice = rng.chance(SECOND_DEVICE_SHARE);
        boolean shared = customer && rng.chance(SHARED_BROWSER_SHARE);
        return new Visitor(
                Ids.uuid(seed, number),
                device,
                Addresses.home(rng.nextLong()),
                locale.toLanguageTag(),
                locale.getCountry(),
                customer ? customerId(secondDevice ? number ^ 1 : number) : null,
                shared ? customerId(number + SECOND_PERSON) : null,
                skew(rng),
                device.isApp() && rng.chance(batchShare));
    }

    private int second(long nowMillis) {
        return (int) ((nowMillis - startMillis) / 1000) + 1;
    }

    /** Most clocks are right to seconds, one in fifty is wrong by up to a day. */
    private static long skew(Rng rng) {
        return rng.chance(0.02) ? rng.between(-86_400_000, 86_400_000) : rng.between(-3_000, 3_000);
    }

    private static String customerId(int number) {
        String digits = Integer.toString(number);
        return "u-" + "00000000".substring(Math.min(8, digits.length())) + digits;
    }
}
