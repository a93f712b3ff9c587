package io.weir.fraud.watch;

import io.weir.fraud.rule.Rule;
import io.weir.schemas.FraudAlert;
import io.weir.schemas.VerdictStatus;

/** Takes what rules come to. */
public interface WatchOutput {

    /** An alert begins, goes on, or is over. */
    void alert(Rule rule, FraudAlert alert);

    /**
     * A verdict of a rule that gives verdicts, on an event or on its visitor as the rule says.
     *
     * @param decidedAt milliseconds UTC
     */
    void verdict(Rule rule, Sighting event, VerdictStatus status, long decidedAt);
}
