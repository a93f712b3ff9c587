package io.weir.fraud.rule;

import io.weir.fraud.ratio.Ratio;
import io.weir.schemas.EventKind;
import io.weir.schemas.FraudRule;
import io.weir.schemas.RuleAction;
import io.weir.schemas.RuleFault;
import io.weir.schemas.RuleKey;
import io.weir.schemas.RuleKind;
import io.weir.schemas.RuleLimit;
import io.weir.schemas.RuleMeasure;
import io.weir.schemas.RuleMode;
import io.weir.schemas.RuleRatio;
import io.weir.schemas.RuleSequence;
import io.weir.schemas.RuleSeverity;
import io.weir.schemas.VerdictSubject;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether what a rule says fits together, and is bounded. */
final class RuleCheck {

    /** A day: what is kept for each key is kept for as long as the longest window. */
    private static final long LONGEST_WINDOW = 24 * 3_600_000L;

    private static final int MOST_LIMITS = 8;
    private static final int MOST_KEYS = 4;
    /** Of these there are some thousands, where visitors and addresses are without end. */
    private static final Set<RuleKey> BOUNDED = Set.of(RuleKey.MERCHANT, RuleKey.CAMPAIGN, RuleKey.AD);

    private static final Pattern ROUTE = Pattern.compile("[a-z0-9-]{1,50}");

    private final FraudRule rule;
    private final Set<EventKind> read;

    private RuleCheck(FraudRule rule, Set<EventKind> read) {
        this.rule = rule;
        this.read = read;
    }

    /** @throws RuleException if it does not */
    static void check(FraudRule rule, Set<EventKind> read) {
        new RuleCheck(rule, read).check();
    }

    private void check() {
        expect(!rule.getId().isBlank(), "id: expected a name");
        expect(
                rule.getMode() != RuleMode.UNKNOWN
                        && rule.getKind() != RuleKind.UNKNOWN
                        && rule.getAction() != RuleAction.UNKNOWN
                        && rule.getSeverity() != RuleSeverity.UNKNOWN
                        && rule.getSubject() != VerdictSubject.UNKNOWN,
                "mode, kind, action, severity, subject: one of them is of a newer version than this one");
        expect(ROUTE.matcher(rule.getRoute()).matches(), "route: expected up to 50 of a-z, 0-9 and -");
        expect(!rule.getOn().isEmpty(), "on: expected one or more kinds of event");
        for (EventKind kind : rule.getOn()) {
            checkRead(kind);
        }
        expect(
                rule.getGroupBy().size() <= MOST_KEYS && !rule.getGroupBy().contains(RuleKey.UNKNOWN),
                "group_by: expected at most " + MOST_KEYS + " keys that this version knows");
        switch (rule.getKind()) {
            case MATCH -> checkMatch();
            case VELOCITY -> checkVelocity();
            case SEQUENCE -> checkSequence();
            case INTEGRITY -> checkIntegrity();
            case RATIO -> checkRatio();
            case UNKNOWN -> throw new RuleException("kind: of a newer version than this one");
        }
        checkParts();
    }

    /** A part that belongs to another kind would be ignored, or worse: its author meant another rule. */
    private void checkParts() {
        expect(
                rule.getKind() == RuleKind.VELOCITY
                        || (rule.getMeasure() == RuleMeasure.COUNT
                                && rule.getMeasured() == null
                                && rule.getLimits().isEmpty()
                                && !rule.getIncludeBefore()),
                "limits, measure, measured, include_before: expected none, since they are of a velocity");
        expect(
                rule.getKind() == RuleKind.SEQUENCE || rule.getSequence() == null,
                "sequence: expected none, since this is not one");
        expect(
                rule.getKind() == RuleKind.RATIO || rule.getRatio() == null,
                "ratio: expected none, since this is not one");
        expect(
                rule.getKind() == RuleKind.INTEGRITY || rule.getIntegrity() == null,
                "integrity: expected none, since this is not about tokens");
    }

    private void checkRead(EventKind kind) {
        expect(read.contains(kind), "on: events of kind " + kind + " are not read; see weir.fraud.kinds");
    }

    private void checkMatch() {
        expect(rule.getWhen() != null || rule.getLists() != null, "when, lists: expected one of them");
        if (rule.getLists() != null) {
            expect(rule.getLists().getKey() != RuleKey.UNKNOWN, "lists.key: of a newer version than this one");
            expect(!rule.getLists().getDeny().isEmpty(), "lists.deny: expected one or more lists");
        }
    }

    private void checkVelocity() {
        List<RuleLimit> limits = rule.getLimits();
        expect(!rule.getGroupBy().isEmpty(), "group_by: expected one or more keys");
        expect(!limits.isEmpty() && limits.size() <= MOST_LIMITS, "limits: expected 1 to " + MOST_LIMITS);
        for (RuleLimit limit : limits) {
            expect(limit.getMoreThan() >= 0, "limits.more_than: expected 0 or more");
            expect(
                    limit.getWindowMs() > 0 && limit.getWindowMs() <= LONGEST_WINDOW,
                    "limits.in: expected a duration above 0 and up to 24h, since a window without end has no bound");
        }
        boolean counts = rule.getMeasure() == RuleMeasure.COUNT;
        expect(rule.getMeasure() != RuleMeasure.UNKNOWN, "measure: of a newer version than this one");
        expect(
                counts == (rule.getMeasured() == null),
                "measured: expected an expression for sum and distinct, none for count");
        boolean kept = counts && limits.stream().allMatch(limit -> limit.getMoreThan() <= Rule.MOST_KEPT);
        expect(
                kept || limits.size() == 1,
                "limits: expected one, since a sum, distinct values and more than " + Rule.MOST_KEPT
                        + " events are added up in tenths of its window");
        expect(
                kept || !rule.getIncludeBefore(),
                "include_before: expected false, since the events before are not kept");
        expect(
                rule.getMeasure() != RuleMeasure.DISTINCT || limits.get(0).getMoreThan() <= Rule.MOST_VALUES,
                "limits.more_than: expected at most " + Rule.MOST_VALUES + " different values");
    }

    private void checkSequence() {
        RuleSequence sequence = rule.getSequence();
        expect(sequence != null, "sequence: expected one");
        expect(rule.getOn().size() == 1, "on: expected one kind of event");
        EventKind second = rule.getOn().get(0);
        EventKind first = sequence.getFirst();
        boolean ofClick = second == EventKind.click && first == EventKind.impression;
        boolean ofPurchase = second == EventKind.purchase && first == EventKind.click;
        expect(ofClick || ofPurchase, "sequence.first: expected impression before a click, or click before a purchase");
        checkRead(first);
        List<RuleFault> faults = sequence.getFaults();
        expect(!faults.isEmpty() && !faults.contains(RuleFault.UNKNOWN), "sequence.faults: expected one or more");
        expect(
                second == EventKind.click || List.of(RuleFault.TOO_SOON).containsAll(faults),
                "sequence.faults: expected too_soon alone, since a purchase needs no click");
        expect(
                !faults.contains(RuleFault.TOO_OLD) || faults.contains(RuleFault.MISSING),
                "sequence.faults: expected missing beside too_old, since what came first is forgotten in the end");
        checkBound(
                faults.contains(RuleFault.TOO_SOON),
                sequence.getAtLeastMs(),
                "sequence.at_least: expected a duration if, and only if, too_soon is among the faults");
        checkBound(
                !List.of(RuleFault.TOO_SOON).containsAll(faults),
                sequence.getAtMostMs(),
                "sequence.at_most: expected a duration if, and only if, missing, too_old or repeated is among the faults,"
                        + " since what came first is remembered for so long");
        expect(rule.getGroupBy().isEmpty(), "group_by: expected none, since a sequence is a visitor's");
        expect(
                rule.getSubject() == VerdictSubject.EVENT,
                "subject: expected event, since a verdict on it may be taken back");
    }

    private void checkRatio() {
        RuleRatio ratio = rule.getRatio();
        expect(ratio != null, "ratio: expected one");
        expect(
                ratio.getOf() != ratio.getAmong()
                        && Set.copyOf(rule.getOn()).equals(Set.of(ratio.getOf(), ratio.getAmong())),
                "on: expected ratio.of and ratio.among, two different kinds of event");
        expect(
                !rule.getGroupBy().isEmpty() && BOUNDED.containsAll(rule.getGroupBy()),
                "group_by: expected merchant, campaign or ad, since a week is kept of each");
        expect(ratio.getAtLeast() >= 1, "ratio.at_least: expected 1 or more");
        expect(
                ratio.getHistoryHours() >= 1 && ratio.getHistoryHours() <= Ratio.HISTORY,
                "ratio.history: expected 1h to 168h");
        expect(ratio.getRobustZ() > 0 && ratio.getRobustZ() < 1_000, "ratio.robust_z: expected a number above 0");
        expect(rule.getAction() == RuleAction.ALERT, "action: expected alert, since no one event makes a ratio");
    }

    private void checkIntegrity() {
        expect(rule.getIntegrity() != null, "integrity: expected what tokens must say");
        expect(
                rule.getOn().equals(List.of(EventKind.app_signal)),
                "on: expected app_signal alone, which has the token");
        expect(rule.getGroupBy().isEmpty(), "group_by: expected none, since a token is a visitor's");
        expect(
                rule.getAction() == RuleAction.ALERT || rule.getSubject() == VerdictSubject.VISITOR,
                "subject: expected visitor, since a token is its app's and not one event's");
        long oldest = rule.getIntegrity().getMaxAgeMs();
        expect(
                oldest > 0 && oldest <= LONGEST_WINDOW,
                "integrity.max_age: expected a duration above 0 and up to 24h, for which tokens are remembered");
    }

    private static void checkBound(boolean needed, Long millis, String otherwise) {
        expect(needed == (millis != null), otherwise);
        expect(
                millis == null || (millis > 0 && millis <= LONGEST_WINDOW),
                otherwise.substring(0, otherwise.indexOf(':')) + ": expected a duration above 0 and up to 24h");
    }

    private static void expect(boolean holds, String otherwise) {
        if (!holds) {
            throw new RuleException(otherwise);
        }
    }
}
