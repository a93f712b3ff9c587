package io.weir.intake.admission.enrichment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import nl.basjes.parse.useragent.UserAgent;
import nl.basjes.parse.useragent.UserAgentAnalyzer;

/**
 * What user agents mean, by Yauaa. The analyser is built when the first agent is seen (some seconds, some 100 MB), once
 * for the process; answers are remembered. Safe for threads.
 */
final class UserAgents {

    /** Some 20 MB. An analysis takes up to a millisecond, a look-up less than one microsecond. */
    private static final int REMEMBERED = 50_000;

    /** Longest agent that is analysed, in characters; the rest of a longer one is not looked at. */
    private static final int LONGEST = 1_024;

    private static final String UNKNOWN = "Unknown";
    private static final String UNKNOWN_VERSION = "??";

    private final Cache<String, Traits> remembered =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /** Begins to build the analyser, once in a process; whoever needs it before it is there waits, and hears of a fault. */
    static void prepare() {
        Analyser.begin();
    }

    /** What an agent means; null for a missing one. */
    Traits of(String agent) {
        if (agent == null || agent.isBlank()) {
            return null;
        }
        String looked = agent.length() <= LONGEST ? agent : agent.substring(0, LONGEST);
        return remembered.get(looked, UserAgents::analyse);
    }

    private static Traits analyse(String agent) {
        UserAgent parsed = Analyser.parse(agent);
        String device = known(parsed.getValue(UserAgent.DEVICE_CLASS));
        String kind = parsed.getValue(UserAgent.AGENT_CLASS);
        boolean bot = isRobot(device) || isRobot(kind);
        return new Traits(
                known(parsed.getValue(UserAgent.AGENT_NAME)),
                known(parsed.getValue(UserAgent.AGENT_VERSION_MAJOR)),
                known(parsed.getValue(UserAgent.OPERATING_SYSTEM_NAME_VERSION)),
                device,
                bot);
    }

    /** Robot, Robot Mobile, Robot Imitator. */
    private static boolean isRobot(String category) {
        return category != null && category.toLowerCase(Locale.ROOT).startsWith("robot");
    }

    /** Without what Yauaa writes for what it does not know: "Windows NT ??" is Windows NT of some version. */
    private static String known(String value) {
        if (value == null || value.startsWith(UNKNOWN)) {
            return null;
        }
        String name = value.endsWith(UNKNOWN_VERSION)
                ? value.substring(0, value.length() - UNKNOWN_VERSION.length()).strip()
                : value;
        return name.isEmpty() ? null : name;
    }

    /**
     * What a user agent means.
     *
     * @param browser name, or null where it is not known, as everything else here
     * @param version major version of the browser
     * @param os operating system with its version
     * @param deviceClass such as Phone, Tablet, Desktop, Robot
     * @param bot whether it declares itself a robot
     */
    record Traits(String browser, String version, String os, String deviceClass, boolean bot) {}

    /** Takes seconds to build: its class is initialised, and the building begun, when it is first spoken of. */
    private static final class Analyser {

        private static final CompletableFuture<UserAgentAnalyzer> ONLY = CompletableFuture.supplyAsync(Analyser::build);

        static void begin() {
            ONLY.isDone();
        }

        static UserAgent parse(String agent) {
            return ONLY.join().parse(agent);
        }

        private static UserAgentAnalyzer build() {
            return UserAgentAnalyzer.newBuilder()
                    .hideMatcherLoadStats()
                    .dropTests()
                    .withoutCache()
                    .withField(UserAgent.DEVICE_CLASS)
                    .withField(UserAgent.AGENT_CLASS)
                    .withField(UserAgent.AGENT_NAME)
                    .withField(UserAgent.AGENT_VERSION_MAJOR)
                    .withField(UserAgent.OPERATING_SYSTEM_NAME_VERSION)
                    .immediateInitialization()
                    .build();
        }
    }
}
