package io.weir.topology.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.weir.topology.yaml.YamlFileException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file of rules says, and what is said of a wrong one. */
class RuleFileTest {

    private static final Set<EventKind> READ = Set.of(
            EventKind.click, EventKind.impression, EventKind.purchase, EventKind.app_signal, EventKind.interaction);

    @Test
    void theShippedRulesAreRules() {
        assertThat(RuleFile.shipped(7, READ))
                .extracting(FraudRule::getId)
                .containsExactly(
                        "robot-click",
                        "denied-network",
                        "denied-agent",
                        "denied-visitor",
                        "denied-merchant",
                        "missing-agent",
                        "repeated-clicks",
                        "click-flood",
                        "clicks-per-address",
                        "impressions-per-address",
                        "merchant-sweep",
                        "purchases-per-customer",
                        "click-without-impression",
                        "purchase-at-once",
                        "merchant-click-through",
                        "campaign-click-through",
                        "merchant-conversion",
                        "app-token",
                        "failed-checkouts");
        assertThat(RuleFile.shipped(7, READ)).extracting(FraudRule::getVersion).containsOnly(7L);
    }

    @Test
    void shippedRulesOnKindsThatAreNotReadAreLeftOut() {
        assertThat(RuleFile.shipped(1, Set.of(EventKind.click, EventKind.purchase)))
                .extracting(FraudRule::getId)
                .contains("click-flood", "purchase-at-once")
                .doesNotContain("impressions-per-address", "click-without-impression", "failed-checkouts");
    }

    @Test
    void everythingThatCanBeSaidIsRead() {
        assertThat(read("""
                rules:
                  - id: sweep
                    description: Many merchants
                    version: 3
                    mode: shadow
                    kind: velocity
                    on: [click, purchase]
                    when: client.country != 'DE'
                    group_by: [visitor, ip_prefix]
                    measure: distinct
                    measured: merchant_id
                    limits: [{more_than: 15, in: 1m}]
                    severity: critical
                    route: clicks
                    action: suspect
                    subject: visitor
                  - id: denied
                    kind: match
                    on: [click]
                    lists: {key: agent, deny: [bad], allow: [good]}
                    severity: low
                    route: x
                    action: alert
                  - id: ghosts
                    kind: sequence
                    on: [click]
                    sequence: {first: impression, faults: [missing, too_soon], at_least: 100ms, at_most: 2h}
                    severity: high
                    route: clicks
                    action: invalidate
                """))
                .containsExactly(
                        base("sweep", RuleKind.VELOCITY, RuleSeverity.CRITICAL, "clicks", RuleAction.SUSPECT)
                                .setDescription("Many merchants")
                                .setVersion(3)
                                .setMode(RuleMode.SHADOW)
                                .setOn(List.of(EventKind.click, EventKind.purchase))
                                .setWhen("client.country != 'DE'")
                                .setGroupBy(List.of(RuleKey.VISITOR, RuleKey.IP_PREFIX))
                                .setMeasure(RuleMeasure.DISTINCT)
                                .setMeasured("merchant_id")
                                .setLimits(List.of(new RuleLimit(15L, 60_000L)))
                                .setSubject(VerdictSubject.VISITOR)
                                .build(),
                        base("denied", RuleKind.MATCH, RuleSeverity.LOW, "x", RuleAction.ALERT)
                                .setLists(new RuleLists(RuleKey.AGENT, List.of("bad"), List.of("good")))
                                .build(),
                        base("ghosts", RuleKind.SEQUENCE, RuleSeverity.HIGH, "clicks", RuleAction.INVALIDATE)
                                .setSequence(new RuleSequence(
                                        EventKind.impression,
                                        List.of(RuleFault.MISSING, RuleFault.TOO_SOON),
                                        100L,
                                        7_200_000L))
                                .build());
    }

    private static FraudRule.Builder base(
            String id, RuleKind kind, RuleSeverity severity, String route, RuleAction action) {
        return FraudRule.newBuilder()
                .setId(id)
                .setVersion(1)
                .setMode(RuleMode.LIVE)
                .setKind(kind)
                .setOn(List.of(EventKind.click))
                .setSeverity(severity)
                .setRoute(route)
                .setAction(action);
    }

    @Test
    void ratiosAndTokensAreReadAndWhatIsLeftOutOfARatioIsTheUsual() {
        List<FraudRule> rules = read("""
                rules:
                  - id: ratio
                    kind: ratio
                    on: [click, impression]
                    group_by: [campaign]
                    ratio: {of: click, among: impression}
                    severity: high
                    route: clicks
                    action: alert
                  - id: token
                    kind: integrity
                    on: [app_signal]
                    integrity: {packages: [example.shop.app], max_age: 2m}
                    severity: high
                    route: integrity
                    action: invalidate
                    subject: visitor
                """);

        assertThat(rules.get(0).getRatio())
                .isEqualTo(new RuleRatio(EventKind.click, EventKind.impression, 3.5, 500L, 24));
        assertThat(rules.get(1).getIntegrity()).isEqualTo(new RuleIntegrity(List.of("example.shop.app"), 120_000L));
    }

    /** What replaces the rule's line of that key, or is added; and the problem. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "when: client.is_boot | 5:11: rule r: when: undeclared reference to 'client' (line 1, column 1 of the expression)",
                "when: kind | 5:11: rule r: when: expected type 'bool' but found 'string' (line 1, column 1 of the expression)",
                "kind: velocity2 | 3:11: kind: expected one of match, velocity, sequence, ratio, integrity, found \"velocity2\"",
                "kind: ratio | 2:5: rule r: ratio: expected one",
                "kind: integrity | 2:5: rule r: integrity: expected what tokens must say",
                "on: [page_view] | 4:9: rule r: on: events of kind page_view are not read; see weir.fraud.kinds",
                "limits: [{more_than: 1, in: 25h}] | 7:33: limits.in: expected a duration from 1ms to 24h, found \"25h\"",
                "limits: [{more_than: 1}] | 7:14: limits.in: expected a duration such as 7d or 36h, found nothing",
                "limits: [] | 7:13: limits: expected a list of limits, found an empty list",
                "group_by: [planet] | 6:16: group_by: expected one of visitor, ip_hash, ip_prefix, merchant, campaign, ad, agent, customer, app, app_version, found \"planet\"",
                "measure: sum | 2:5: rule r: measured: expected an expression for sum and distinct, none for count",
                "wen: round | 11:5: wen: there is no such key; did you mean when?",
                "route: Clicks | 9:12: rule r: route: expected up to 50 of a-z, 0-9 and -",
            })
    void aWrongRuleIsRefusedWithItsPlace(String line, String problem) {
        String key = line.substring(0, line.indexOf(':'));
        StringBuilder file = new StringBuilder("rules:\n");
        String rule = """
                - id: r
                kind: velocity
                on: [click]
                when: "true"
                group_by: [visitor]
                limits: [{more_than: 1, in: 2s}]
                severity: low
                route: clicks
                action: alert
                """;
        boolean replaced = false;
        for (String each : rule.split("\n", -1)) {
            boolean same = each.startsWith(key + ":");
            replaced |= same;
            if (!each.isEmpty()) {
                file.append(each.startsWith("-") ? "  " : "    ")
                        .append(same ? line : each)
                        .append('\n');
            }
        }
        file.append(replaced ? "" : "    " + line + "\n");

        assertThatThrownBy(() -> read(file.toString()))
                .isInstanceOf(YamlFileException.class)
                .hasMessageContaining("rules.yaml:" + problem);
    }

    private static List<FraudRule> read(String text) {
        return RuleFile.parse("rules.yaml", text.getBytes(StandardCharsets.UTF_8), 1, READ);
    }
}
