package io.weir.fraud.hop;

import io.weir.fraud.watch.Sighting;
import io.weir.schemas.Event;
import io.weir.schemas.FraudList;
import io.weir.schemas.FraudRule;

/** What a task takes in. */
public sealed interface FraudInput {

    /**
     * A rule is this from now on.
     *
     * @param id of the rule
     * @param rule its terms; null if it is not there any more
     */
    record Ruled(String id, FraudRule rule) implements FraudInput {}

    /**
     * A list is this from now on.
     *
     * @param name of the list
     * @param list its entries; null if it is not there any more
     */
    record Listed(String name, FraudList list) implements FraudInput {}

    /** An event, at the task of its visitor. */
    record Happened(Event event) implements FraudInput {}

    /**
     * An event counts for a rule, at the task of the rule's key.
     *
     * @param rule id
     * @param version of the rule
     * @param key of its group
     * @param event what is to be remembered of it
     * @param amount a {@link Long} to add up, or a {@link String} to count as different
     */
    record Counted(String rule, long version, String key, Sighting event, Object amount) implements FraudInput {}

    /**
     * So much more was counted of an hour for a rule, at the task of the rule's key.
     *
     * @param rule id
     * @param version of the rule
     * @param key of its group
     * @param hour hours since 1970, UTC
     * @param of what is counted
     * @param among what it is counted among
     */
    record Summed(String rule, long version, String key, long hour, long of, long among) implements FraudInput {}
}
