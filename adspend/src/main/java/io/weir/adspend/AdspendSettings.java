package io.weir.adspend;

import io.weir.adspend.cap.ReopenPolicy;
import io.weir.adspend.merchant.AdspendRules;
import io.weir.core.settings.Durations;
import io.weir.core.settings.Setting;
import io.weir.core.settings.Settings;
import java.time.Duration;
import java.util.List;

/**
 * The settings of ad spend.
 *
 * @param lateness what is later than this is not billed; {@link Durations#UNLIMITED} for never
 * @param closeAfter how long after its end a day's statement is issued
 * @param reopen what a credit does to a cap that was reached
 * @param statementsKept how long queries find a statement
 * @param ledgerKept how long queries find an entry of the ledger; zero: never
 */
public record AdspendSettings(
        Duration lateness, Duration closeAfter, ReopenPolicy reopen, Duration statementsKept, Duration ledgerKept) {

    public static final Setting<Duration> LATENESS = Setting.durationOrUnlimited(
            "weir.adspend.lateness",
            "72h",
            "30d",
            "An interaction that is later than this (by what its raw partition's clock was ahead of it), or a verdict so"
                    + " long after its interaction, is not billed or credited any more; it goes to adspend.late. Three"
                    + " days cover phones that were off over a weekend; a statement may be adjusted for as long.");

    public static final Setting<Duration> CLOSE_AFTER = Setting.duration(
            "weir.adspend.close-after",
            "2h",
            "0s",
            "24h",
            "A day's statement is issued so long after the merchant's midnight; what comes later is adjusted on the next"
                    + " one. Two hours take in nearly all that is late at all.");

    public static final Setting<ReopenPolicy> REOPEN = Setting.choice(
            "weir.adspend.reopen",
            ReopenPolicy.class,
            "restore",
            "What a credit does to a cap that was reached. restore: it opens again once 1 % of the cap or the last price"
                    + " remains. credit-only: it stays reached until the budget changes or the day ends. The money is the"
                    + " same.");

    public static final Setting<Duration> STATEMENTS_KEPT = Setting.duration(
            "weir.adspend.statements-kept",
            "400d",
            "1d",
            "50000d",
            "How long a statement is found by queries, after its day. Thirteen months, so that a month can be held against"
                    + " the same one a year ago; the topic keeps the last statement of each day for good.");

    public static final Setting<Duration> LEDGER_KEPT = Setting.duration(
            "weir.adspend.ledger-kept",
            "3d",
            "0s",
            "4000d",
            "How long an entry of the ledger is found by queries, after its day; 0s keeps none and saves a write for each"
                    + " interaction. Three days, since so long a day is asked about: an entry takes some 150 bytes, so that"
                    + " 2 500 of them a second are 30 GB a day before compression. The topic has them for two years.");

    /** Every setting of ad spend. */
    public static List<Setting<?>> all() {
        return List.of(LATENESS, CLOSE_AFTER, REOPEN, STATEMENTS_KEPT, LEDGER_KEPT);
    }

    /**
     * Reads and checks them.
     *
     * @throws io.weir.core.settings.SettingsException if one is wrong
     */
    public static AdspendSettings of(Settings settings) {
        return new AdspendSettings(
                settings.get(LATENESS),
                settings.get(CLOSE_AFTER),
                settings.get(REOPEN),
                settings.get(STATEMENTS_KEPT),
                settings.get(LEDGER_KEPT));
    }

    /** What they mean for the accounting. */
    AdspendRules rules() {
        return new AdspendRules(lateness.toMillis(), closeAfter.toMillis(), reopen);
    }

    /** How long an interaction is remembered: two days more, since raw partitions are read at different speeds. */
    Duration remembered() {
        return lateness.plusDays(2);
    }
}
