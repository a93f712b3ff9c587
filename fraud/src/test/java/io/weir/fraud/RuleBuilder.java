package io.weir.fraud;

import io.weir.schemas.EventKind;
import io.weir.schemas.FraudRule;
import io.weir.schemas.RuleAction;
import io.weir.schemas.RuleFault;
import io.weir.schemas.RuleIntegrity;
import io.weir.schemas.RuleKey;
import io.weir.schemas.RuleKind;
import io.weir.schemas.RuleLimit;
import io.weir.schemas.RuleLists;
import io.weir.schemas.RuleMeasure;
import io.weir.schemas.RuleMode;
import io.weir.schemas.RuleRatio;
import io.weir.schemas.RuleSequence;
import io.weir.schemas.RuleSeverity;
import io.weir.schemas.VerdictSubject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Rules as tests need them. */
public final class RuleBuilder {

    private final FraudRule.Builder rule = FraudRule.newBuilder()
            .setVersion(1)
            .setMode(RuleMode.LIVE)
            .setSeverity(RuleSeverity.HIGH)
            .setRoute("clicks")
            .setAction(RuleAction.INVALIDATE);
    private final List<RuleLimit> limits = new ArrayList<>();

    private RuleBuilder(String id, RuleKind kind, EventKind... on) {
        rule.setId(id).setKind(kind).setOn(List.of(on));
    }

    /** One event is enough. */
    public static RuleBuilder match(String id, String when, EventKind... on) {
        return new RuleBuilder(id, RuleKind.MATCH, on).when(when);
    }

    /** Clicks of a key. */
    public static RuleBuilder clicks(String id, RuleKey... by) {
        RuleBuilder builder = new RuleBuilder(id, RuleKind.VELOCITY, EventKind.click);
        builder.rule.setGroupBy(List.of(by));
        return builder;
    }

    /** A click that needs an impression. */
    public static RuleBuilder clickAfterImpression(String id, RuleFault... faults) {
        RuleBuilder builder = new RuleBuilder(id, RuleKind.SEQUENCE, EventKind.click);
        List<RuleFault> all = List.of(faults);
        builder.rule.setSequence(new RuleSequence(
                EventKind.impression,
                all,
                all.contains(RuleFault.TOO_SOON) ? 100L : null,
                all.equals(List.of(RuleFault.TOO_SOON))
                        ? null
                        : Duration.ofHours(2).toMillis()));
        return builder;
    }

    /** A purchase that comes too soon after a click. */
    public static RuleBuilder purchaseAfterClick(String id) {
        RuleBuilder builder = new RuleBuilder(id, RuleKind.SEQUENCE, EventKind.purchase);
        builder.rule.setSequence(new RuleSequence(EventKind.click, List.of(RuleFault.TOO_SOON), 3_000L, null));
        return builder.route("purchases");
    }

    /** The token of an app, up to five minutes old. */
    public static RuleBuilder token(String id, String... packages) {
        RuleBuilder builder = new RuleBuilder(id, RuleKind.INTEGRITY, EventKind.app_signal);
        builder.rule.setIntegrity(
                new RuleIntegrity(List.of(packages), Duration.ofMinutes(5).toMillis()));
        return builder.route("integrity");
    }

    /** Clicks among impressions of a merchant, from 500 impressions and 24 hours of history. */
    public static RuleBuilder clickThrough(String id) {
        RuleBuilder builder = new RuleBuilder(id, RuleKind.RATIO, EventKind.click, EventKind.impression);
        builder.rule
                .setGroupBy(List.of(RuleKey.MERCHANT))
                .setRatio(new RuleRatio(EventKind.click, EventKind.impression, 3.5, 500L, 24));
        return builder.action(RuleAction.ALERT);
    }

    /** More than so many in so long. */
    public RuleBuilder limit(long moreThan, Duration in) {
        limits.add(new RuleLimit(moreThan, in.toMillis()));
        return this;
    }

    /** What is added up or counted as different. */
    public RuleBuilder measure(RuleMeasure measure, String measured) {
        rule.setMeasure(measure).setMeasured(measured);
        return this;
    }

    /** A condition. */
    public RuleBuilder when(String condition) {
        rule.setWhen(condition);
        return this;
    }

    /** Lists to look at. */
    public RuleBuilder lists(RuleKey key, List<String> deny, List<String> allow) {
        rule.setLists(new RuleLists(key, deny, allow));
        return this;
    }

    /** Another version. */
    public RuleBuilder version(long version) {
        rule.setVersion(version);
        return this;
    }

    /** Another mode. */
    public RuleBuilder mode(RuleMode mode) {
        rule.setMode(mode);
        return this;
    }

    /** Another action. */
    public RuleBuilder action(RuleAction action) {
        rule.setAction(action);
        return this;
    }

    /** Another route. */
    public RuleBuilder route(String route) {
        rule.setRoute(route);
        return this;
    }

    /** Verdicts on visitors. */
    public RuleBuilder onVisitors() {
        rule.setSubject(VerdictSubject.VISITOR);
        return this;
    }

    /** Verdicts also on those before. */
    public RuleBuilder includeBefore() {
        rule.setIncludeBefore(true);
        return this;
    }

    /** The rule. */
    public FraudRule build() {
        return rule.setLimits(List.copyOf(limits)).build();
    }
}
