package io.weir.topology.http;

import io.weir.core.settings.Setting;
import io.weir.core.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the service answers, and when it calls itself ready.
 *
 * @param host address that is listened on
 * @param port 0 is any free one
 * @param tls how it is answered; empty: in the clear
 * @param readyWhileRebalancing how long a feature that has been running may be rebalancing and still count as ready
 */
public record HttpSettings(String host, int port, Optional<TlsSettings> tls, Duration readyWhileRebalancing) {

    public static final Setting<String> HOST = Setting.text(
            "weir.http.host",
            "127.0.0.1",
            "a host name or address of this machine",
            "Address that queries, health and metrics are answered on. Only this machine by default; another one, such as 0.0.0.0 in a container, counts only with weir.http.tokens.");

    public static final Setting<Integer> PORT = Setting.integer(
            "weir.http.port",
            "8080",
            0,
            65_535,
            "Port that queries, health and metrics are answered on; 0 takes a free one.");

    public static final Setting<Duration> READY_WHILE_REBALANCING = Setting.duration(
            "weir.http.ready-while-rebalancing",
            "1m",
            "0s",
            "1h",
            "How long a feature that has been running may move tasks and restore stores and still count as ready: an ordinary rebalance takes seconds, and must not take every instance out of service at once.");

    /** The same on another address. */
    public HttpSettings on(String other) {
        return new HttpSettings(other, port, tls, readyWhileRebalancing);
    }

    /** How addresses begin. */
    String scheme() {
        return tls.isPresent() ? "https" : "http";
    }

    /** Every setting of HTTP. */
    public static List<Setting<?>> all() {
        return Stream.concat(List.of(HOST, PORT, READY_WHILE_REBALANCING).stream(), TlsSettings.all().stream())
                .toList();
    }

    /**
     * Reads the settings.
     *
     * @throws io.weir.core.settings.SettingsException if the key store is wrong
     */
    public static HttpSettings of(Settings settings) {
        return new HttpSettings(
                settings.get(HOST),
                settings.get(PORT),
                TlsSettings.of(settings),
                settings.get(READY_WHILE_REBALANCING));
    }
}
