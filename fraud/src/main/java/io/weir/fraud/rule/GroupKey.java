package io.weir.fraud.rule;

import io.weir.core.topic.KeyParts;
import io.weir.schemas.Client;
import io.weir.schemas.Event;
import io.weir.schemas.RuleKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What events are grouped by. */
final class GroupKey {

    private GroupKey() {}

    /** The values of an event, joined; empty if it lacks one of them. */
    static Optional<String> of(Event event, List<RuleKey> keys) {
        String[] values = new String[keys.size()];
        for (int i = 0; i < values.length; i++) {
            String value = value(event, keys.get(i));
            if (value == null || value.isEmpty()) {
                return Optional.empty();
            }
            values[i] = value;
        }
        return Optional.of(KeyParts.join(values));
    }

    /** The value of one; null if the event has none. */
    static String value(Event event, RuleKey key) {
        return switch (key) {
            case VISITOR -> event.getVisitorId();
            case CUSTOMER -> event.getCustomerId();
            case MERCHANT -> EventFields.merchant(event);
            case CAMPAIGN -> EventFields.campaign(event);
            case AD -> EventFields.ad(event);
            case IP_HASH -> ofClient(event, Client::getIpHash);
            case IP_PREFIX -> ofClient(event, Client::getIpPrefix);
            case AGENT -> ofClient(event, Client::getUserAgent);
            case APP -> ofClient(event, Client::getApp);
            case APP_VERSION -> ofClient(event, Client::getAppVersion);
            case UNKNOWN -> null;
        };
    }

    private static String ofClient(Event event, Function<Client, String> value) {
        return event.getClient() == null ? null : value.apply(event.getClient());
    }
}
