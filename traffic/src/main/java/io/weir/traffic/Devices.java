package io.weir.traffic;

import java.util.List;

/** The programs with which visitors and robots come. */
final class Devices {
    static final Device SERVER = new Device(null, "analytics-node", "2.2.0", null, null);

    /** The release of the app whose checkout fails more often than the others'. */
    static final String FAULTY_APP_VERSION = "5.1.0";

    /** The release of a library that drops events. */
    static final String LOSSY_LIBRARY_VERSION = "1.16.0";

    private static final String MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/";
    private static final String WINDOWS =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) ";
    private static final String LINUX = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) ";
    private static final String ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) ";
    private static final String IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS ";
    private static final String IPAD = "Mozilla/5.0 (iPad; CPU OS ";
    private static final String SAFARI_MOBILE = " like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/";

    private static final Weighted<Device> WEB = new Weighted<Device>()
            .with(web(WINDOWS + "Chrome/131.0.0.0 Safari/537.36", "5.2.0"), 14)
            .with(web(WINDOWS + "Chrome/130.0.0.0 Safari/537.36", "5.2.0"), 6)
            .with(web(WINDOWS + "Chrome/124.0.0.0 Safari/537.36", "5.1.1"), 2)
            .with(web(WINDOWS + "Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0", "5.2.0"), 5)
            .with(web(WINDOWS + "Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0", "5.1.1"), 2)
            .with(web(WINDOWS + "Chrome/129.0.0.0 Safari/537.36 OPR/115.0.0.0", "5.1.1"), 1)
            .with(web("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0", "5.2.0"), 3)
            .with(web("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0", "5.1.1"), 1)
            .with(web(MAC + "537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36", "5.2.0"), 5)
            .with(web(MAC + "537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36", "5.2.0"), 3)
            .with(web(MAC + "605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15", "5.2.0"), 5)
            .with(web(MAC + "605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15", "5.1.1"), 2)
            .with(
                    web(
                            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:132.0) Gecko/20100101 Firefox/132.0",
                            "5.2.0"),
                    1)
            .with(web(LINUX + "Chrome/131.0.0.0 Safari/537.36", "5.2.0"), 1)
            .with(web("Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "5.2.0"), 1)
            .with(
                    web(
                            "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko)"
                                    + " Chrome/129.0.0.0 Safari/537.36",
                            "5.2.0"),
                    1)
            .with(web(ANDROID + "Chrome/131.0.0.0 Mobile Safari/537.36", "5.2.0"), 13)
            .with(web(ANDROID + "Chrome/130.0.0.0 Mobile Safari/537.36", "5.2.0"), 7)
            .with(web(ANDROID + "Chrome/131.0.0.0 Safari/537.36", "5.2.0"), 2)
            .with(web(ANDROID + "SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36", "5.1.1"), 4)
            .with(web("Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0", "5.2.0"), 1)
            .with(web(IPHONE + "18_1" + SAFARI_MOBILE + "18.1 Mobile/15E148 Safari/604.1", "5.2.0"), 9)
            .with(web(IPHONE + "17_6_1" + SAFARI_MOBILE + "17.6 Mobile/15E148 Safari/604.1", "5.2.0"), 6)
            .with(web(IPHONE + "16_7" + SAFARI_MOBILE + "16.6 Mobile/15E148 Safari/604.1", "5.1.1"), 2)
            .with(
                    web(
                            IPHONE + "18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/131.0.6778.73"
                                    + " Mobile/15E148 Safari/604.1",
                            "5.2.0"),
                    2)
            .with(web(IPAD + "17_6" + SAFARI_MOBILE + "17.6 Mobile/15E148 Safari/604.1", "5.2.0"), 2);

    private static final Weighted<Device> APPS = new Weighted<Device>()
            .with(android("Android 14; Pixel 8", "1.19.1", "5.2.0"), 5)
            .with(android("Android 14; SM-S921B", "1.19.1", "5.2.0"), 6)
            .with(android("Android 13; SM-A546B", "1.19.1", FAULTY_APP_VERSION), 4)
            .with(android("Android 12; Redmi Note 11", LOSSY_LIBRARY_VERSION, "4.9.3"), 3)
            .with(apple("iPhone; iOS 18.1", "1.6.2", "5.2.0"), 8)
            .with(apple("iPhone; iOS 17.6.1", "1.6.2", FAULTY_APP_VERSION), 3)
            .with(apple("iPad; iOS 17.6", "1.5.11", "4.9.3"), 1);

    private static final List<Device> ROBOTS = List.of(
            web("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "5.2.0"),
            web(
                    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0;"
                            + " +http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76 Safari/537.36",
                    "5.2.0"),
            web("Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)", "5.2.0"),
            web("Mozilla/5.0 (compatible; SemrushBot/7~bl; +http://www.semrush.com/bot.html)", "5.2.0"),
            web("Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)", "5.2.0"),
            web("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", "5.2.0"));

    private static final double APP_SHARE = 0.25;

    private Devices() {}

    static Device anyVisitors(Rng rng) {
        return rng.chance(APP_SHARE) ? APPS.pick(rng) : WEB.pick(rng);
    }

    static Device anyWeb(Rng rng) {
        return WEB.pick(rng);
    }

    static Device anyApp(Rng rng) {
        return APPS.pick(rng);
    }

    static Device anyRobot(Rng rng) {
        return rng.pick(ROBOTS);
    }

    private static Device web(String userAgent, String libraryVersion) {
        return new Device(userAgent, "analytics.js", libraryVersion, null, null);
    }

    private static Device android(String system, String libraryVersion, String appVersion) {
        return new Device(
                "Shop/" + appVersion + " (Linux; U; " + system + ")",
                "analytics-kotlin",
                libraryVersion,
                "Shop",
                appVersion);
    }

    private static Device apple(String system, String libraryVersion, String appVersion) {
        return new Device(
                "Shop/" + appVersion + " (" + system + "; Scale/3.00)",
                "analytics-swift",
                libraryVersion,
                "Shop",
                appVersion);
    }
}
