package io.weir.fraud.rule;

import io.weir.core.topic.KeyParts;
import io.weir.schemas.FraudAlert;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** What the alerts of all kinds of rule have in common. */
public final class AlertForm {

    private AlertForm() {}

    /**
     * An alert of which only what was found is still to be said. Its id is the same again after a restart.
     *
     * @param key of the rule's group
     * @param start of its window, milliseconds UTC
     * @param now when it is said, milliseconds UTC
     */
    public static FraudAlert.Builder about(Rule rule, String key, long start, long now) {
        return FraudAlert.newBuilder()
                .setAlertId(id(rule, key, start))
                .setRule(rule.id())
                .setVersion(rule.version())
                .setSeverity(rule.terms().getSeverity())
                .setRoute(rule.terms().getRoute())
                .setKey(key)
                .setWindowStart(Instant.ofEpochMilli(start))
                .setMode(rule.terms().getMode())
                .setDecidedAt(Instant.ofEpochMilli(now));
    }

    private static String id(Rule rule, String key, long start) {
        String name = KeyParts.join(rule.id(), Long.toString(rule.version()), key, Long.toString(start));
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** What the rule finds, in its author's words if there are any. */
    public static String name(Rule rule) {
        return rule.terms().getDescription() == null ? rule.id() : rule.terms().getDescription();
    }
}
