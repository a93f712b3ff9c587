package io.weir.topology.http;

import io.weir.core.settings.Setting;
import io.weir.core.settings.Settings;
import io.weir.core.settings.SettingsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who may query, and how processes of a deployment reach each other.
 *
 * @param tokens file of tokens; without one nobody is asked, and only this machine is listened to
 * @param perSecond requests that a token may send in a second
 * @param advertised where other processes reach this one, {@code host:port}; without it where it listens
 * @param peerToken that all processes of the deployment show each other
 * @param peerTimeout how long another process may take
 * @param mostLag records that a copy may be behind and still answer
 */
public record QuerySettings(
        Optional<Path> tokens,
        int perSecond,
        Optional<Advertised> advertised,
        Optional<String> peerToken,
        Duration peerTimeout,
        int mostLag) {

    public static final Setting<String> TOKENS = Setting.text(
            "weir.http.tokens",
            null,
            "a YAML file",
            "Tokens that may query, hashed, with their scopes; read again within a second when it changes. Without it nobody is asked who they are, and queries, health and metrics are answered to this machine alone, whatever weir.http.host says.");

    public static final Setting<Integer> PER_SECOND = Setting.integer(
            "weir.http.requests-per-second",
            "100",
            1,
            1_000_000,
            "Requests that one token may send in a second, in each process, and twice as many at once: a script that runs wild leaves the others alone.");

    public static final Setting<String> ADVERTISED = Setting.text(
            "weir.http.advertised",
            null,
            "host:port",
            "Where the other processes of the deployment reach the HTTP of this one. By default where it listens, which others on the same machine alone can reach.");

    public static final Setting<String> PEER_TOKEN = Setting.text(
                    "weir.http.peer-token",
                    null,
                    "16 or more characters",
                    "What the processes of a deployment show each other when one asks another for state that it holds; the same in all. Where there is one process none is needed.")
            .asSecret();

    public static final Setting<Duration> PEER_TIMEOUT = Setting.duration(
            "weir.http.peer-timeout",
            "2s",
            "50ms",
            "1m",
            "How long another process may take to answer before its copies are asked, or the answer is 503 or partial. A read takes milliseconds.");

    public static final Setting<Integer> MOST_LAG = Setting.integer(
            "weir.http.most-lag",
            "10000",
            0,
            Integer.MAX_VALUE,
            "Records that a copy of a store may be behind and still answer, marked stale, while nobody writes it: a few seconds of traffic. A copy that has just begun would answer wrongly that it knows nothing.");

    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9.-]+):([0-9]{1,5})");
    private static final int SHORTEST_TOKEN = 16;
    private static final int LARGEST_PORT = 65_535;

    /**
     * An address.
     *
     * @param host name or address, one of IPv6 without brackets
     * @param port 1 to 65535
     */
    public record Advertised(String host, int port) {}

    /** Every setting of this class. */
    public static List<Setting<?>> all() {
        return List.of(TOKENS, PER_SECOND, ADVERTISED, PEER_TOKEN, PEER_TIMEOUT, MOST_LAG);
    }

    /**
     * Reads the settings.
     *
     * @throws SettingsException if one is wrong
     */
    public static QuerySettings of(Settings settings) {
        Optional<String> peerToken = settings.find(PEER_TOKEN);
        if (peerToken.filter(token -> token.length() < SHORTEST_TOKEN).isPresent()) {
            throw new SettingsException(PEER_TOKEN.key() + ": expected " + SHORTEST_TOKEN + " or more characters");
        }
        Optional<Advertised> advertised = settings.find(ADVERTISED).map(QuerySettings::address);
        if (advertised.isPresent() && peerToken.isEmpty()) {
            throw new SettingsException(PEER_TOKEN.key() + ": needed where " + ADVERTISED.key()
                    + " is set, since processes that ask each other show it");
        }
        return new QuerySettings(
                settings.find(TOKENS).map(Path::of),
                settings.get(PER_SECOND),
                advertised,
                peerToken,
                settings.get(PEER_TIMEOUT),
                settings.get(MOST_LAG));
    }

    private static Advertised address(String text) {
        Matcher matcher = HOST_AND_PORT.matcher(text);
        int port = matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
        if (port < 1 || port > LARGEST_PORT) {
            throw new SettingsException(
                    ADVERTISED.key() + ": expected host:port such as weir-0.weir:8080, found \"" + text + "\"");
        }
        return new Advertised(matcher.group(1).replaceAll("[\\[\\]]", ""), port);
    }
}
