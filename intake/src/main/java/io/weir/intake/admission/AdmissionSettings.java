package io.weir.intake.admission;

import io.weir.core.settings.Setting;
import io.weir.core.settings.Settings;
import io.weir.core.settings.SettingsException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of admission, read and checked against each other.
 *
 * @param timeBounds what event times are measured against
 * @param maxFuture how far ahead of now an event may be
 * @param maxAge how far behind now an event may be
 * @param maxMessageBytes largest value of a raw record that is parsed, bytes
 * @param customerIds what becomes of a customer id that names a person
 * @param trackingPlan a folder, {@code builtin:<name>}, or {@code none}
 * @param planReload how often the folder of the tracking plan is looked at
 * @param ownDomains domains whose pages are not referrers
 * @param ipHash whether the IP address leaves as a keyed hash
 * @param ipPrefix whether the IP address leaves as its network
 * @param hashKey key of the keyed hashes; empty only where nothing is hashed
 */
public record AdmissionSettings(
        TimeBoundsMode timeBounds,
        Duration maxFuture,
        Duration maxAge,
        int maxMessageBytes,
        CustomerIdPolicy customerIds,
        String trackingPlan,
        Duration planReload,
        List<String> ownDomains,
        boolean ipHash,
        boolean ipPrefix,
        Optional<String> hashKey) {

    /** What event times are measured against. */
    public static final Setting<TimeBoundsMode> TIME_BOUNDS = Setting.choice(
            "weir.intake.time-bounds",
            TimeBoundsMode.class,
            "wall",
            "wall: max-age behind to max-future ahead of now; recorded: 1971 to 2100, for events recorded long ago");

    /** How far ahead of now an event may be. */
    public static final Setting<Duration> MAX_FUTURE = Setting.duration(
            "weir.intake.max-future",
            "5m",
            "0s",
            "1h",
            "a clock that runs ahead must not close other people's sessions; 5 minutes cover what clocks of servers"
                    + " differ, and brokers refuse record timestamps more than 1 h ahead");

    /** How far behind now an event may be. */
    public static final Setting<Duration> MAX_AGE = Setting.duration(
            "weir.intake.max-age",
            "72h",
            "1m",
            "31d",
            "phones keep events while they are offline; 72 h cover a long weekend, and deduplication has to remember as"
                    + " much");

    /** Largest message that is parsed. */
    public static final Setting<Long> MAX_MESSAGE = Setting.bytes(
            "weir.intake.max-message",
            "1MiB",
            "1KiB",
            "8MiB",
            "a parsed message takes some ten times its bytes on the heap; brokers by default take 1 MiB");

    /** What becomes of a customer id that names a person. */
    public static final Setting<CustomerIdPolicy> CUSTOMER_ID_POLICY = Setting.choice(
            "weir.intake.customer-id-policy",
            CustomerIdPolicy.class,
            "refuse",
            "an e-mail address or phone number as customer id: refuse makes a dead letter, so that its sender hears of"
                    + " it; hash keeps the event, with a keyed hash in its place");

    /** Where the tracking plan is. */
    public static final Setting<String> TRACKING_PLAN = Setting.text(
            "weir.intake.tracking-plan",
            "none",
            "a folder, builtin:shop, or none",
            "JSON Schemas that events must follow; none, since a contract is its owner's to write");

    /** How often the plan's folder is looked at. */
    public static final Setting<Duration> TRACKING_PLAN_RELOAD = Setting.duration(
            "weir.intake.tracking-plan-reload",
            "10s",
            "100ms",
            "1h",
            "a changed plan acts without a restart; a look costs one listing of the folder");

    /** Domains that are ours. */
    public static final Setting<List<String>> OWN_DOMAINS = Setting.list(
            "weir.intake.own-domains",
            "",
            "domains separated by commas, such as shop.example,shop.test",
            "a referrer there, or on a subdomain, is internal; the host of the page itself always is");

    /** Whether the IP address leaves as a keyed hash. */
    public static final Setting<Boolean> IP_HASH =
            Setting.flag("weir.intake.ip-hash", "true", "Fraud rules count distinct addresses without knowing them.");

    /** Whether the IP address leaves as its network. */
    public static final Setting<Boolean> IP_PREFIX =
            Setting.flag("weir.intake.ip-prefix", "true", "Fraud rules see networks: /24 of IPv4, /48 of IPv6.");

    /** Key of the keyed hashes. */
    public static final Setting<String> HASH_KEY = new Setting<>(
            "weir.intake.hash-key",
            null,
            "a secret of at least 16 characters",
            "key of the HMAC-SHA-256 of IP addresses and hashed customer ids; there is no default, since a known key"
                    + " makes every address readable; a new key breaks the link to older hashes",
            true,
            text -> {
                if (text.length() < 16) {
                    throw new IllegalArgumentException();
                }
                return text;
            });

    /** Every setting of admission. */
    public static List<Setting<?>> all() {
        return List.of(
                TIME_BOUNDS,
                MAX_FUTURE,
                MAX_AGE,
                MAX_MESSAGE,
                CUSTOMER_ID_POLICY,
                TRACKING_PLAN,
                TRACKING_PLAN_RELOAD,
                OWN_DOMAINS,
                IP_HASH,
                IP_PREFIX,
                HASH_KEY);
    }

    /**
     * Reads the settings.
     *
     * @throws SettingsException if one is wrong, or something is to be hashed and there is no key
     */
    public static AdmissionSettings from(Settings settings) {
        boolean hashed = settings.get(IP_HASH) || settings.get(CUSTOMER_ID_POLICY) == CustomerIdPolicy.HASH;
        Optional<String> key = settings.find(HASH_KEY);
        if (hashed && key.isEmpty()) {
            throw new SettingsException(HASH_KEY.key() + ": expected " + HASH_KEY.expected()
                    + ", but it is not set; set it, or turn off " + IP_HASH.key() + " and set "
                    + CUSTOMER_ID_POLICY.key() + " to refuse");
        }
        return new AdmissionSettings(
                settings.get(TIME_BOUNDS),
                settings.get(MAX_FUTURE),
                settings.get(MAX_AGE),
                Math.toIntExact(settings.get(MAX_MESSAGE)),
                settings.get(CUSTOMER_ID_POLICY),
                settings.get(TRACKING_PLAN),
                settings.get(TRACKING_PLAN_RELOAD),
                List.copyOf(settings.get(OWN_DOMAINS)),
                settings.get(IP_HASH),
                settings.get(IP_PREFIX),
                key);
    }

    /** The key as bytes, UTF-8. */
    public byte[] hashKeyBytes() {
        return hashKey.orElse("").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "AdmissionSettings[timeBounds=" + timeBounds + ", maxFuture=" + maxFuture + ", maxAge=" + maxAge
                + ", trackingPlan=" + trackingPlan + ", customerIds=" + customerIds + "]";
    }
}
