package io.weir.fraud;

import static io.weir.fraud.EventBuilder.click;
import static io.weir.fraud.EventBuilder.impression;
import static io.weir.fraud.EventBuilder.purchase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.core.feature.ControlRecords.Entry;
import io.weir.core.state.StoreNote;
import io.weir.core.time.StreamClock.Phase;
import io.weir.fraud.alert.AlertReads;
import io.weir.schemas.EventKind;
import io.weir.schemas.FraudAlert;
import io.weir.schemas.FraudAlertStatus;
import io.weir.schemas.FraudRule;
import io.weir.schemas.RuleAction;
import io.weir.schemas.RuleFault;
import io.weir.schemas.RuleKey;
import io.weir.schemas.RuleMeasure;
import io.weir.schemas.RuleMode;
import io.weir.schemas.Verdict;
import io.weir.schemas.VerdictStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.streams.StreamsBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The topology as a whole: events and rules in, alerts and verdicts out. */
class FraudTopologyTest {

    private static final Instant TEN = Instant.parse("2026-05-01T10:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    private Path state;

    private FraudDriver fraud;

    @AfterEach
    void close() {
        fraud.close();
    }

    private void live() {
        fraud = new FraudDriver(state, Phase.LIVE, TEN);
    }

    @Test
    void theTopologyIsTheOneThatWasAgreed() throws IOException {
        live();
        StreamsBuilder builder = new StreamsBuilder();
        fraud.feature().addTo(builder);

        try (var in = FraudTopologyTest.class.getResourceAsStream("/topology.txt")) {
            assertThat(builder.build().describe().toString().strip())
                    .isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip());
        }
    }

    @Test
    void everyStoreIsDescribed() {
        live();

        Set<String> noted =
                fraud.feature().stores().stream().map(StoreNote::name).collect(Collectors.toCollection(TreeSet::new));

        assertThat(noted)
                .isEqualTo(new TreeSet<>(fraud.driver().getAllStateStores().keySet()));
    }

    @Test
    void aBurstOfAHundredThousandClicksIsOneAlert() {
        live();
        fraud.rule(RuleBuilder.clicks("repeated-clicks", RuleKey.VISITOR, RuleKey.AD)
                .limit(1, Duration.ofSeconds(2))
                .limit(3, Duration.ofMinutes(1))
                .limit(10, Duration.ofHours(1))
                .build());
        for (int i = 0; i < 100_000; i++) {
            fraud.event(click("c" + i, "v", TEN.plusMillis(i)).build());
            if (i % 1_000 == 0) {
                fraud.driver().advanceWallClockTime(Duration.ofMillis(250));
            }
        }
        fraud.pass(Duration.ofHours(2));

        List<FraudAlert> alerts = fraud.alerts("clicks");
        assertThat(alerts)
                .extracting(FraudAlert::getAlertId)
                .containsOnly(alerts.get(0).getAlertId());
        assertThat(alerts).extracting(FraudAlert::getStatus).first().isEqualTo(FraudAlertStatus.OPENED);
        assertThat(alerts.subList(1, alerts.size() - 1))
                .extracting(FraudAlert::getStatus)
                .containsOnly(FraudAlertStatus.UPDATED);
        for (int i = 1; i < alerts.size() - 1; i++) {
            assertThat(alerts.get(i).getDecidedAt())
                    .isAfterOrEqualTo(alerts.get(i - 1).getDecidedAt().plusSeconds(30));
        }
        FraudAlert last = alerts.get(alerts.size() - 1);
        assertThat(last.getStatus()).isEqualTo(FraudAlertStatus.CLOSED);
        assertThat(last.getMeasured()).isEqualTo(100_000);
        assertThat(last.getThreshold()).isEqualTo(1);
        assertThat(last.getKey()).isEqualTo("v|ad-1");
        assertThat(last.getFirstAt()).isEqualTo(TEN);
        assertThat(last.getWindowStart()).isEqualTo(TEN.plusMillis(1));
        assertThat(last.getLastAt()).isEqualTo(TEN.plusMillis(99_999));
        assertThat(last.getEvents()).hasSize(20).startsWith("c1", "c2");
        assertThat(last.getExplanation())
                .isEqualTo("repeated-clicks: 100000 where more than 1 in 2s are too many, by v|ad-1.");

        assertThat(fraud.meters()
                        .get("weir.fraud.alerts")
                        .tags("rule", "repeated-clicks", "status", "opened", "mode", "live")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(fraud.meters().get("weir.fraud.alert.latency").timer().count())
                .isEqualTo(1);

        List<Verdict> verdicts = fraud.verdicts();
        assertThat(verdicts).hasSize(99_999).allSatisfy(verdict -> {
            assertThat(verdict.getStatus()).isEqualTo(VerdictStatus.INVALID);
            assertThat(verdict.getMerchantId()).isEqualTo("m-1");
        });
        assertThat(verdicts)
                .extracting(Verdict::getEventId)
                .doesNotHaveDuplicates()
                .doesNotContain("c0");
    }

    @Test
    void whatWasSaidLastOfEachAlertIsFoundNewestFirst() {
        live();
        fraud.rule(RuleBuilder.clicks("by-ad", RuleKey.VISITOR, RuleKey.AD)
                .limit(1, Duration.ofSeconds(2))
                .build());
        // One of its own stage, by keys, one of the stage of visitors, and a rule that is refused.
        fraud.rule(RuleBuilder.clicks("by-merchant", RuleKey.MERCHANT)
                .limit(4, Duration.ofHours(1))
                .build());
        FraudRule refused = RuleBuilder.clicks("refused", RuleKey.VISITOR)
                .limit(1, Duration.ofSeconds(2))
                .build();
        refused.setWhen("kind == ");
        fraud.rule(refused);
        for (int visitor = 0; visitor < 5; visitor++) {
            Instant at = TEN.plusSeconds(10L * visitor);
            fraud.event(click("a" + visitor, "v" + visitor, at).build());
            fraud.event(click("b" + visitor, "v" + visitor, at.plusSeconds(1)).build());
        }
        fraud.pass(Duration.ofHours(3));

        Map<String, FraudAlert> last = new TreeMap<>();
        for (String route : List.of("clicks", "unrouted", "shadow")) {
            fraud.alerts(route).forEach(alert -> last.put(alert.getAlertId(), alert));
        }
        List<FraudAlert> expected = last.values().stream()
                .sorted(Comparator.comparing(FraudAlert::getWindowStart)
                        .thenComparing(FraudAlert::getAlertId)
                        .reversed())
                .toList();
        assertThat(expected).extracting(FraudAlert::getRule).contains("by-ad", "by-merchant", "refused");

        Instant end = TEN.plus(Duration.ofDays(1));
        assertThat(kept(TEN.minusSeconds(1), end, alert -> true)).isEqualTo(expected);
        Instant first = TEN.plusSeconds(11);
        Instant second = TEN.plusSeconds(31);
        assertThat(kept(first, second, alert -> alert.getRule().equals("by-ad")))
                .extracting(FraudAlert::getWindowStart)
                .containsExactly(TEN.plusSeconds(21), first);
        assertThat(kept(end, end.plusSeconds(1), alert -> true)).isEmpty();
    }

    /** All of them, two at a time. */
    private List<FraudAlert> kept(Instant from, Instant to, Predicate<FraudAlert> wanted) {
        List<FraudAlert> all = new ArrayList<>();
        List<FraudAlert> page = fraud.keptAlerts(from, to, null, wanted, 2);
        while (!page.isEmpty()) {
            all.addAll(page);
            FraudAlert end = page.get(page.size() - 1);
            page = fraud.keptAlerts(from, to, new AlertReads.Before(end.getWindowStart(), end.getAlertId()), wanted, 2);
        }
        return all;
    }

    @Test
    void theAllowListWinsOverTheDenyList() {
        live();
        fraud.list("bad-networks", "198.51.100.0/24", "203.0.113.*");
        fraud.list("partners", "203.0.113.0/24");
        fraud.rule(RuleBuilder.match("denied", null, EventKind.click)
                .lists(RuleKey.IP_PREFIX, List.of("bad-networks", "unknown"), List.of("partners"))
                .build());

        fraud.event(click("a", "v1", TEN).from("x", "198.51.100.0/24").build());
        fraud.event(click("b", "v2", TEN).from("x", "203.0.113.0/24").build());
        fraud.event(click("c", "v3", TEN).from("x", "203.0.113.128/25").build());
        fraud.event(click("d", "v4", TEN).from("x", "192.0.2.0/24").build());
        fraud.event(click("e", "v5", TEN).from(null, null).build());

        assertThat(fraud.verdicts()).extracting(Verdict::getEventId).containsExactly("a", "c");
    }

    @Test
    void aShadowHasNoEffect() {
        live();
        fraud.rule(RuleBuilder.match("bots", "client.is_bot", EventKind.click)
                .mode(RuleMode.SHADOW)
                .build());

        fraud.event(click("a", "v", TEN).bot().build());

        assertThat(fraud.shadow()).singleElement().satisfies(alert -> {
            assertThat(alert.getMode()).isEqualTo(RuleMode.SHADOW);
            assertThat(alert.getRoute()).isEqualTo("clicks");
        });
        assertThat(fraud.alerts("clicks")).isEmpty();
        assertThat(fraud.verdicts()).isEmpty();
    }

    @Test
    void verdictsOnVisitorsAreGivenOnceForAnAlert() {
        live();
        fraud.rule(RuleBuilder.match("bots", "client.is_bot", EventKind.click)
                .onVisitors()
                .build());

        fraud.event(click("a", "v", TEN).bot().build());
        fraud.event(click("b", "v", TEN.plusSeconds(1)).bot().build());
        fraud.event(click("c", "w", TEN.plusSeconds(2)).build());

        assertThat(fraud.verdicts()).isEmpty();
        assertThat(fraud.visitorVerdicts()).singleElement().satisfies(verdict -> {
            assertThat(verdict.getVisitorId()).isEqualTo("v");
            assertThat(verdict.getEventId()).isNull();
            assertThat(verdict.getStatus()).isEqualTo(VerdictStatus.INVALID);
        });
    }

    @Test
    void whatIsOnlySuspectIsSaidSo() {
        live();
        fraud.rule(RuleBuilder.match("bots", "client.is_bot", EventKind.click)
                .action(RuleAction.SUSPECT)
                .build());
        fraud.rule(RuleBuilder.match("all", "true", EventKind.click)
                .action(RuleAction.ALERT)
                .route("nowhere")
                .build());

        fraud.event(click("a", "v", TEN).bot().build());

        assertThat(fraud.verdicts()).extracting(Verdict::getStatus).containsExactly(VerdictStatus.SUSPECT);
        assertThat(fraud.alerts("unrouted")).extracting(FraudAlert::getRule).containsExactly("all");
    }

    @Test
    void rulesChangeWhileEventsFlow() {
        live();
        RuleBuilder rule = RuleBuilder.clicks("r", RuleKey.IP_HASH);
        fraud.rule(rule.limit(5, Duration.ofMinutes(1)).build());
        clicks("a", 3);
        fraud.rule(RuleBuilder.clicks("r", RuleKey.IP_HASH)
                .limit(2, Duration.ofMinutes(1))
                .version(2)
                .build());
        clicks("b", 3);
        fraud.rule(RuleBuilder.clicks("r", RuleKey.IP_HASH)
                .limit(2, Duration.ofMinutes(1))
                .version(3)
                .mode(RuleMode.OFF)
                .build());
        clicks("c", 3);
        fraud.rule(RuleBuilder.clicks("r", RuleKey.IP_HASH)
                .limit(2, Duration.ofMinutes(1))
                .version(4)
                .build());
        clicks("d", 3);
        fraud.noRule("r");
        clicks("e", 3);

        assertThat(fraud.verdicts()).extracting(Verdict::getEventId).containsExactly("b2", "d2");
        assertThat(fraud.alerts("clicks"))
                .filteredOn(alert -> alert.getStatus() == FraudAlertStatus.OPENED)
                .extracting(FraudAlert::getVersion)
                .containsExactly(2L, 4L);
    }

    @Test
    void alertsOfARuleThatWasPausedAreClosed() {
        live();
        fraud.rule(RuleBuilder.clicks("r", RuleKey.VISITOR)
                .limit(1, Duration.ofMinutes(1))
                .build());
        clicks("a", 2);
        fraud.noRule("r");

        fraud.pass(Duration.ofMinutes(2));

        assertThat(fraud.alerts("clicks"))
                .extracting(FraudAlert::getStatus)
                .containsExactly(FraudAlertStatus.OPENED, FraudAlertStatus.CLOSED);
    }

    @Test
    void aRuleThatCannotBeAppliedIsAnAlertAndChangesNothing() {
        live();
        FraudRule good =
                RuleBuilder.match("r", "client.is_bot", EventKind.click).build();
        fraud.rule(good);
        fraud.rule(RuleBuilder.match("r", "client.is_boot", EventKind.click)
                .version(2)
                .build());

        fraud.event(click("a", "v", TEN).bot().build());

        assertThat(fraud.verdicts()).extracting(Verdict::getVersion).containsExactly(1L);
        assertThat(fraud.alerts("clicks")).first().satisfies(alert -> {
            assertThat(alert.getVersion()).isEqualTo(2);
            assertThat(alert.getExplanation())
                    .isEqualTo("The rule was refused, and what was there before it still counts."
                            + " when: undeclared reference to 'client' (line 1, column 1).");
        });
    }

    @Test
    void aRuleOnAKindThatIsNotReadIsRefused() {
        live();
        fraud.rule(RuleBuilder.match("r", "true", EventKind.page_view).build());

        assertThat(fraud.alerts("clicks"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.getExplanation()).contains("weir.fraud.kinds"));
    }

    @Test
    void twoRulesJudgeOneEvent() {
        live();
        fraud.rule(RuleBuilder.match("bots", "client.is_bot", EventKind.click).build());
        fraud.rule(RuleBuilder.match("all", "true", EventKind.click).build());

        fraud.event(click("a", "v", TEN).bot().build());

        assertThat(fraud.verdicts()).extracting(Verdict::getRule).containsExactlyInAnyOrder("bots", "all");
    }

    @Test
    void differentMerchantsAreCounted() {
        live();
        fraud.rule(RuleBuilder.clicks("sweep", RuleKey.VISITOR)
                .measure(RuleMeasure.DISTINCT, "merchant_id")
                .limit(2, Duration.ofMinutes(1))
                .build());

        fraud.event(click("a", "v", TEN).merchant("m-1").build());
        fraud.event(click("b", "v", TEN).merchant("m-2").build());
        fraud.event(click("c", "v", TEN).merchant("m-2").build());
        fraud.event(click("d", "v", TEN).merchant("m-3").build());

        assertThat(fraud.verdicts()).extracting(Verdict::getEventId).containsExactly("d");
    }

    @Test
    void whatIsTooLateIsNotCountedButLookedAtByItself() {
        live();
        fraud.rule(RuleBuilder.clicks("count", RuleKey.VISITOR)
                .limit(1, Duration.ofMinutes(1))
                .build());
        fraud.rule(RuleBuilder.match("bots", "client.is_bot", EventKind.click).build());
        Instant clock = TEN.plus(Duration.ofHours(1)).plusMillis(2);

        fraud.event(click("a", "v", TEN).build());
        fraud.event(click("b", "v", TEN.plusMillis(1)).clock(clock).bot().build());
        fraud.event(click("c", "v", TEN.plusMillis(2)).clock(clock).build());

        assertThat(fraud.verdicts())
                .extracting(verdict -> verdict.getRule() + " " + verdict.getEventId())
                .containsExactlyInAnyOrder("bots b", "count c");
    }

    @Test
    void aClickNeedsItsImpression() {
        live();
        fraud.rule(RuleBuilder.clickAfterImpression(
                        "ghosts", RuleFault.MISSING, RuleFault.TOO_SOON, RuleFault.TOO_OLD, RuleFault.REPEATED)
                .build());
        fraud.event(impression("i1", "v", TEN).of("i1").build());
        fraud.event(impression("i2", "v", TEN).of("i2").build());
        fraud.event(impression("i3", "w", TEN).of("i3").build());

        fraud.event(click("at-once", "v", TEN.plusMillis(99)).of("i1").build());
        fraud.event(click("in-time", "v", TEN.plusMillis(100)).of("i2").build());
        fraud.event(click("again", "v", TEN.plusMillis(101)).of("i2").build());
        fraud.event(click("other-visitor", "v", TEN.plusMillis(200)).of("i3").build());
        fraud.event(click("unnamed", "v", TEN.plusMillis(300)).build());
        assertThat(fraud.verdicts()).extracting(Verdict::getEventId).containsExactly("at-once", "again");

        fraud.pass(Duration.ofSeconds(11));
        assertThat(fraud.verdicts()).extracting(Verdict::getEventId).containsExactly("other-visitor");

        fraud.event(impression("i4", "v", TEN.plusSeconds(20)).of("i4").build());
        fraud.event(click("last-chance", "v", TEN.plusSeconds(7_220)).of("i4").build());
        fraud.event(impression("i5", "v", TEN.plusSeconds(20)).of("i5").build());
        fraud.event(click("too-old", "v", TEN.plusSeconds(7_220).plusMillis(1))
                .of("i5")
                .build());
        assertThat(fraud.verdicts()).extracting(Verdict::getEventId).containsExactly("too-old");
    }

    @Test
    void anImpressionThatComesLateClearsItsClick() {
        live();
        fraud.rule(RuleBuilder.clickAfterImpression("ghosts", RuleFault.MISSING).build());
        fraud.event(click("a", "v", TEN).of("i").build());
        fraud.pass(Duration.ofSeconds(11));
        assertThat(fraud.verdicts()).extracting(Verdict::getStatus).containsExactly(VerdictStatus.INVALID);

        fraud.event(impression("i", "v", TEN.minus(SECOND)).of("i").build());

        assertThat(fraud.verdicts()).extracting(Verdict::getStatus).containsExactly(VerdictStatus.CLEARED);
        assertThat(fraud.alerts("clicks"))
                .extracting(alert -> alert.getStatus() + " " + alert.getMeasured())
                .containsExactly("OPENED 1.0", "CLOSED 0.0");
        fraud.pass(Duration.ofHours(2));
        assertThat(fraud.alerts("clicks")).isEmpty();
        assertThat(fraud.entries("fraud-visitor-watched")).isZero();
    }

    /** The alert is the same as if the impression had been in time. */
    @Test
    void anAlertThatBeganWithAClearedClickBeginsWithTheNext() {
        live();
        fraud.rule(RuleBuilder.clickAfterImpression("ghosts", RuleFault.MISSING).build());
        fraud.event(click("a", "v", TEN).of("i").build());
        fraud.event(click("b", "v", TEN.plus(SECOND)).of("j").build());
        fraud.pass(Duration.ofSeconds(12));
        assertThat(fraud.alerts("clicks"))
                .extracting(FraudAlert::getStatus, FraudAlert::getMeasured, FraudAlert::getWindowStart)
                .contains(tuple(FraudAlertStatus.OPENED, 1.0, TEN));

        fraud.event(impression("i", "v", TEN.minus(SECOND)).of("i").build());
        fraud.pass(Duration.ofHours(1));

        assertThat(fraud.alerts("clicks"))
                .extracting(FraudAlert::getStatus, FraudAlert::getMeasured, FraudAlert::getWindowStart)
                .containsExactly(
                        tuple(FraudAlertStatus.CLOSED, 0.0, TEN),
                        tuple(FraudAlertStatus.OPENED, 1.0, TEN.plus(SECOND)),
                        tuple(FraudAlertStatus.CLOSED, 1.0, TEN.plus(SECOND)));
    }

    /** The bill follows the verdict that was given, whatever the rule may do by now. */
    @Test
    void whatAnEarlierVersionFoundIsTakenBackInItsName() {
        live();
        fraud.rule(RuleBuilder.clickAfterImpression("ghosts", RuleFault.MISSING).build());
        fraud.event(click("a", "v", TEN).of("i").build());
        fraud.event(click("b", "w", TEN).of("j").build());
        fraud.pass(Duration.ofSeconds(11));
        assertThat(fraud.verdicts()).hasSize(2);
        fraud.rule(RuleBuilder.clickAfterImpression("ghosts", RuleFault.MISSING)
                .version(2)
                .mode(RuleMode.SHADOW)
                .build());

        fraud.event(impression("i", "v", TEN.minus(SECOND)).of("i").build());

        assertThat(fraud.verdicts()).singleElement().satisfies(verdict -> {
            assertThat(verdict.getStatus()).isEqualTo(VerdictStatus.CLEARED);
            assertThat(verdict.getEventId()).isEqualTo("a");
            assertThat(verdict.getVersion()).isEqualTo(1);
        });
        assertThat(fraud.alerts("clicks"))
                .extracting(alert -> alert.getKey() + " " + alert.getStatus() + " " + alert.getMeasured())
                .contains("v CLOSED 0.0");
    }

    /** What comes last must be dated last, or the verdict that finds more would stand. */
    @Test
    void verdictsOnAnEventAreDatedInTheirOrder() {
        live();
        fraud.rule(RuleBuilder.clickAfterImpression("ghosts", RuleFault.MISSING, RuleFault.REPEATED)
                .build());
        fraud.event(click("b", "v", TEN.plusMillis(5)).of("i").build());
        fraud.pass(Duration.ofSeconds(11));
        fraud.event(impression("i", "v", TEN.minus(SECOND)).of("i").build());
        fraud.event(click("a", "v", TEN).of("i").build());

        List<Verdict> verdicts = fraud.verdicts();
        assertThat(verdicts)
                .extracting(verdict -> verdict.getEventId() + " " + verdict.getStatus())
                .containsExactly("b INVALID", "b CLEARED", "b INVALID");
        assertThat(verdicts).extracting(Verdict::getDecidedAt).isSorted().doesNotHaveDuplicates();
    }

    /** Who bills takes a verdict of the fourth day as late: an outage of three must not make all of them so. */
    @Test
    void verdictsAreDatedAsFarAsEventsWereRead() {
        Instant fiveDaysLater = TEN.plus(Duration.ofDays(5));
        fraud = new FraudDriver(state, Phase.LIVE, fiveDaysLater);
        fraud.rule(RuleBuilder.match("all", "true", EventKind.click).build());
        fraud.rule(RuleBuilder.clicks("pairs", RuleKey.IP_HASH)
                .limit(1, Duration.ofMinutes(1))
                .build());

        fraud.event(click("a", "v", TEN).from("x", "y").build());
        fraud.event(click("b", "v", TEN.plusSeconds(1)).from("x", "y").build());

        assertThat(fraud.verdicts())
                .extracting(verdict -> verdict.getRule() + " " + verdict.getEventId() + " " + verdict.getDecidedAt())
                .containsExactlyInAnyOrder(
                        "all a " + TEN, "all b " + TEN.plusSeconds(1), "pairs b " + TEN.plusSeconds(1));
    }

    /** An address that is always above a short limit has thousands of alerts within the lateness; its state has not. */
    @Test
    void theAlertsThatAKeyRemembersAreBounded() {
        live();
        fraud.rule(RuleBuilder.clicks("fast", RuleKey.VISITOR)
                .limit(1, Duration.ofMillis(100))
                .build());
        for (int i = 0; i < 600; i++) {
            Instant at = TEN.plusMillis(500L * i);
            fraud.event(click("a" + i, "v", at).build());
            fraud.event(click("b" + i, "v", at.plusMillis(50)).build());
            fraud.pass(Duration.ofMillis(250));
        }
        assertThat(fraud.verdicts()).hasSize(600);
        assertThat(fraud.bytes("fraud-visitor-watched")).isLessThan(40_000);

        fraud.pass(Duration.ofMinutes(1));
        assertThat(fraud.alerts("clicks").stream()
                        .filter(alert -> alert.getStatus() == FraudAlertStatus.CLOSED)
                        .map(FraudAlert::getAlertId)
                        .distinct())
                .hasSize(600);
    }

    @Test
    void oneIdOfTwoVisitorsIsTwoEventsOfAnAddress() {
        live();
        fraud.rule(RuleBuilder.clicks("flood", RuleKey.IP_HASH)
                .limit(1, Duration.ofMinutes(1))
                .build());
        fraud.event(click("c", "v", TEN).build());
        fraud.event(click("c", "w", TEN).build());

        assertThat(fraud.verdicts()).extracting(Verdict::getVisitorId).containsExactly("w");
    }

    /** Both the tasks of visitors and those of keys: else the first events of a reset are shown to no rule. */
    @Test
    void aTaskThatStartsFromNothingKnowsTheRulesThatAreWrittenByThen() {
        FraudRule robots =
                RuleBuilder.match("robots", "client.is_bot", EventKind.click).build();
        FraudRule address = RuleBuilder.clicks("address", RuleKey.IP_HASH)
                .limit(1, Duration.ofMinutes(1))
                .build();
        FraudRule wrong =
                RuleBuilder.match("wrong", "no_such_field", EventKind.click).build();
        fraud = new FraudDriver(
                state, Phase.LIVE, TEN, Map.of(), List.of(written(wrong), written(robots), written(address)));

        fraud.event(click("a", "v", TEN).bot().build());
        fraud.event(click("b", "w", TEN.plusMillis(1)).build());

        assertThat(fraud.verdicts())
                .extracting(verdict -> verdict.getRule() + " " + verdict.getEventId())
                .containsExactlyInAnyOrder("robots a", "address b");
    }

    private static Entry<FraudRule> written(FraudRule rule) {
        return new Entry<>(rule.getId(), rule, 0);
    }

    @Test
    void aRuleThatWasDeletedAndWrittenAgainIsOnAfterAReset() {
        FraudRule first =
                RuleBuilder.match("robots", "client.is_bot", EventKind.click).build();
        FraudRule again = RuleBuilder.match("robots", "client.is_bot", EventKind.click)
                .version(5)
                .build();
        fraud = new FraudDriver(
                state,
                Phase.LIVE,
                TEN,
                Map.of(),
                List.of(written(first), new Entry<>("robots", null, 0), written(again)));
        fraud.rule(first);
        fraud.noRule("robots");
        fraud.rule(again);
        fraud.event(click("a", "v", TEN).bot().build());

        assertThat(fraud.verdicts()).extracting(Verdict::getEventId).containsExactly("a");
    }

    /** After a reset the topic is read once more behind what the tasks were told. */
    @Test
    void whatComesOnceMoreChangesNothing() {
        FraudRule old = RuleBuilder.match("robots", "client.is_bot", EventKind.click, EventKind.impression)
                .build();
        FraudRule now = RuleBuilder.match("robots", "client.is_bot", EventKind.click)
                .version(2)
                .build();
        fraud = new FraudDriver(state, Phase.LIVE, TEN, Map.of(), List.of(written(old), written(now)));
        fraud.rule(old);
        fraud.event(impression("i", "v", TEN).bot().build());
        fraud.event(click("a", "v", TEN).bot().build());
        fraud.noRule("deleted-before");
        fraud.rule(now);
        fraud.event(click("b", "v", TEN.plusSeconds(1)).bot().build());

        assertThat(fraud.verdicts()).extracting(Verdict::getEventId).containsExactly("a", "b");
    }

    @Test
    void aRuleThatIsChangedKnowsWhatCameBefore() {
        live();
        fraud.rule(RuleBuilder.clickAfterImpression("ghosts", RuleFault.MISSING).build());
        fraud.event(impression("i", "v", TEN).of("i").build());
        fraud.rule(RuleBuilder.clickAfterImpression("ghosts", RuleFault.MISSING)
                .version(2)
                .build());
        fraud.event(click("a", "v", TEN.plusSeconds(1)).of("i").build());
        fraud.pass(Duration.ofSeconds(20));

        assertThat(fraud.verdicts()).isEmpty();
    }

    @Test
    void aRuleThatIsNewMissesNothingThatCameBeforeIt() {
        live();
        fraud.event(impression("i", "v", TEN).of("i").build());
        fraud.rule(RuleBuilder.clickAfterImpression("ghosts", RuleFault.MISSING, RuleFault.TOO_SOON)
                .build());
        fraud.event(click("a", "v", TEN.plusSeconds(1)).of("i").build());
        fraud.pass(Duration.ofMinutes(20));
        assertThat(fraud.verdicts()).isEmpty();

        fraud.event(
                click("b", "v", TEN.plus(Duration.ofMinutes(121))).of("nowhere").build());
        fraud.pass(Duration.ofSeconds(20));
        assertThat(fraud.verdicts()).extracting(Verdict::getEventId).containsExactly("b");
    }

    @Test
    void pairsLeaveTheStoreWithinTheHourAfterTheyCannotMatterAnyMore() {
        live();
        fraud.rule(RuleBuilder.clickAfterImpression("ghosts", RuleFault.MISSING, RuleFault.TOO_OLD)
                .build());
        fraud.event(impression("i1", "v", TEN).of("i1").build());
        fraud.event(impression("i2", "v", TEN.plusSeconds(1)).of("i2").build());
        fraud.event(click("a", "v", TEN.plusSeconds(2)).of("i1").build());
        fraud.event(impression("i3", "w", TEN).of("i3").build());
        // One for each visitor, and one for the click.
        assertThat(fraud.entries("fraud-visitor-pair-timers")).isEqualTo(3);
        fraud.event(
                impression("i4", "v", TEN.plus(Duration.ofMinutes(90))).of("i4").build());

        // Two hours that a click may take, and one that an event may be late.
        fraud.pass(Duration.ofMinutes(89));
        assertThat(fraud.entries("fraud-visitor-pairs")).isEqualTo(4);
        fraud.pass(Duration.ofMinutes(62));
        assertThat(fraud.entries("fraud-visitor-pairs")).isEqualTo(1);

        fraud.pass(Duration.ofMinutes(90));
        assertThat(fraud.entries("fraud-visitor-pairs")).isZero();
        assertThat(fraud.entries("fraud-visitor-pair-timers")).isZero();
    }

    @Test
    void whatIsMissingIsSaidAlsoAfterAPause() {
        live();
        fraud.rule(RuleBuilder.clickAfterImpression("ghosts", RuleFault.MISSING).build());
        fraud.event(click("a", "v", TEN).of("i").build());

        fraud.leap(Duration.ofHours(4));

        assertThat(fraud.verdicts()).extracting(Verdict::getEventId).containsExactly("a");
    }

    @Test
    void aRuleThatIsOffFindsNothingAnyMore() {
        live();
        fraud.rule(RuleBuilder.clickAfterImpression("ghosts", RuleFault.MISSING).build());
        fraud.event(click("a", "v", TEN).of("i").build());
        fraud.noRule("ghosts");

        fraud.pass(Duration.ofSeconds(20));

        assertThat(fraud.verdicts()).isEmpty();
        assertThat(fraud.alerts("clicks")).isEmpty();
    }

    @Test
    void ofOneImpressionEveryClickButTheFirstIsRepeated() {
        live();
        fraud.rule(RuleBuilder.clickAfterImpression("again", RuleFault.REPEATED).build());
        fraud.event(impression("i", "v", TEN).of("i").build());
        for (int i = 0; i < 100; i++) {
            fraud.event(click("c" + i, "v", TEN.plusSeconds(1 + i)).of("i").build());
        }

        assertThat(fraud.verdicts()).hasSize(99);
    }

    @Test
    void theImpressionThatAClickIsJudgedByIsKept() {
        live();
        fraud.rule(RuleBuilder.clickAfterImpression("ghosts", RuleFault.MISSING).build());
        fraud.event(impression("i", "v", TEN).of("i").build());
        fraud.event(click("a", "v", TEN.plusSeconds(1)).of("i").build());
        fraud.pass(Duration.ofSeconds(20));
        for (int i = 0; i < 40; i++) {
            fraud.event(
                    impression("i" + i, "v", TEN.plusSeconds(30 + i)).of("i").build());
        }

        assertThat(fraud.verdicts()).isEmpty();
    }

    @Test
    void alertsOfAShadowThatWasDeletedEndInItsPlace() {
        live();
        fraud.rule(RuleBuilder.clicks("r", RuleKey.VISITOR)
                .limit(1, Duration.ofMinutes(1))
                .mode(RuleMode.SHADOW)
                .build());
        clicks("a", 2);
        fraud.noRule("r");

        fraud.pass(Duration.ofMinutes(2));

        assertThat(fraud.shadow())
                .extracting(FraudAlert::getStatus)
                .containsExactly(FraudAlertStatus.OPENED, FraudAlertStatus.CLOSED);
        assertThat(fraud.alerts("clicks")).isEmpty();
    }

    @Test
    void aPurchaseMustNotFollowItsClickAtOnce() {
        live();
        fraud.rule(RuleBuilder.purchaseAfterClick("instant").build());

        fraud.event(click("c1", "v", TEN).build());
        fraud.event(purchase("p1", "v", TEN.plusMillis(2_999)).build());
        fraud.event(click("c2", "w", TEN).build());
        fraud.event(purchase("p2", "w", TEN.plusMillis(3_000)).build());
        fraud.event(click("c3", "x", TEN).merchant("m-2").build());
        fraud.event(purchase("p3", "x", TEN.plusMillis(1)).build());
        fraud.event(purchase("p4", "y", TEN).build());

        assertThat(fraud.verdicts()).extracting(Verdict::getEventId).containsExactly("p1");
    }

    /** Live, where what came first is forgotten in the end, and of recorded input, where it never is. */
    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"LIVE", "HELD"})
    void whatIsOlderThanAtMostIsMissingAndNotRepeated(Phase phase) {
        fraud = new FraudDriver(state, phase, TEN);
        fraud.rule(RuleBuilder.clickAfterImpression("ghosts", RuleFault.MISSING).build());
        fraud.rule(RuleBuilder.clickAfterImpression("again", RuleFault.REPEATED).build());
        for (String id : List.of("i", "j")) {
            fraud.event(impression(id, "v", TEN).of(id).build());
        }
        fraud.event(click("in-time", "v", TEN.plusSeconds(7_200)).of("i").build());
        fraud.pass(Duration.ofMinutes(15));
        fraud.event(click("too-late", "v", TEN.plusSeconds(7_201)).of("j").build());
        fraud.event(click("next", "v", TEN.plusSeconds(14_400)).of("i").build());
        fraud.pass(Duration.ofHours(4));
        fraud.event(click("later", "v", TEN.plusSeconds(30_000)).of("i").build());
        fraud.pass(Duration.ofSeconds(11));
        if (phase == Phase.HELD) {
            fraud.end();
        }

        assertThat(fraud.verdicts())
                .extracting(verdict -> verdict.getRule() + " " + verdict.getEventId() + " " + verdict.getStatus())
                .containsExactlyInAnyOrder(
                        "ghosts too-late INVALID", "ghosts next INVALID", "ghosts later INVALID", "again next INVALID");
    }

    /** Each of a burst that comes late is no alert of its own. */
    @Test
    void anAlertThatWasClosedIsSaidAgainNoMoreOftenThanAnOpenOne() {
        live();
        fraud.rule(RuleBuilder.clicks("r", RuleKey.VISITOR)
                .limit(1, Duration.ofMinutes(1))
                .build());
        clicks("a", 3);
        fraud.pass(Duration.ofMinutes(5));
        assertThat(fraud.alerts("clicks")).extracting(FraudAlert::getStatus).contains(FraudAlertStatus.CLOSED);

        fraud.event(click("other", "w", TEN.plusSeconds(300)).build());
        for (int i = 0; i < 40; i++) {
            fraud.event(click("late" + i, "v", TEN.plusMillis(100 + i)).build());
            fraud.pass(Duration.ofMillis(250));
        }
        fraud.pass(Duration.ofMinutes(2));

        List<FraudAlert> said = fraud.alerts("clicks");
        assertThat(said)
                .extracting(FraudAlert::getStatus)
                .containsExactly(FraudAlertStatus.UPDATED, FraudAlertStatus.CLOSED);
        assertThat(said.get(1).getMeasured()).isEqualTo(43);
    }

    /** Each begins the alert anew, under another id. */
    @Test
    void norIsOneThatBeginsEarlierWithEachLateEvent() {
        live();
        fraud.rule(RuleBuilder.clicks("r", RuleKey.VISITOR)
                .limit(1, Duration.ofMinutes(1))
                .build());
        clicks("a", 3);
        fraud.pass(Duration.ofMinutes(5));
        fraud.event(click("other", "w", TEN.plusSeconds(300)).build());
        fraud.alerts("clicks");

        for (int i = 1; i <= 40; i++) {
            fraud.event(click("late" + i, "v", TEN.minusMillis(i)).build());
            fraud.pass(Duration.ofMillis(250));
        }
        fraud.pass(Duration.ofMinutes(2));

        assertThat(fraud.alerts("clicks"))
                .extracting(FraudAlert::getStatus, FraudAlert::getMeasured)
                .containsExactly(
                        tuple(FraudAlertStatus.CLOSED, 0.0),
                        tuple(FraudAlertStatus.OPENED, 4.0),
                        tuple(FraudAlertStatus.CLOSED, 0.0),
                        tuple(FraudAlertStatus.OPENED, 43.0),
                        tuple(FraudAlertStatus.CLOSED, 43.0));
    }

    @Test
    void norIsOneOfWhichClickAfterClickIsTakenBack() {
        live();
        fraud.rule(RuleBuilder.clickAfterImpression("ghosts", RuleFault.MISSING).build());
        for (int i = 0; i < 20; i++) {
            fraud.event(click("c" + i, "v", TEN.plusMillis(i)).of("i" + i).build());
        }
        fraud.pass(Duration.ofSeconds(45));
        fraud.alerts("clicks");

        for (int i = 0; i < 19; i++) {
            fraud.event(impression("i" + i, "v", TEN.minus(SECOND)).of("i" + i).build());
        }
        fraud.pass(Duration.ofMinutes(1));

        assertThat(fraud.alerts("clicks"))
                .extracting(FraudAlert::getStatus, FraudAlert::getMeasured)
                .containsExactly(tuple(FraudAlertStatus.CLOSED, 0.0), tuple(FraudAlertStatus.OPENED, 1.0));
    }

    @Test
    void clicksThatAreFarApartAreNotRepeatedHoweverManyThereAre() {
        live();
        fraud.rule(RuleBuilder.clickAfterImpression("again", RuleFault.REPEATED).build());
        for (int i = 0; i < 40; i++) {
            fraud.event(click("c" + i, "v", TEN.plusSeconds(i * 7_201L)).of("i").build());
        }
        assertThat(fraud.verdicts()).isEmpty();

        fraud.event(
                click("next", "v", TEN.plusSeconds(39 * 7_201L + 7_200)).of("i").build());
        assertThat(fraud.verdicts()).extracting(Verdict::getEventId).containsExactly("next");
    }

    @Test
    void recordedInputSaysItsAlertsAtItsEnd() {
        fraud = new FraudDriver(state, Phase.HELD, Instant.EPOCH);
        fraud.rule(RuleBuilder.clicks("r", RuleKey.IP_HASH)
                .limit(1, Duration.ofMinutes(1))
                .build());
        fraud.rule(RuleBuilder.clickAfterImpression("ghosts", RuleFault.MISSING).build());
        fraud.event(click("b", "v", TEN.plusMillis(1)).of("i").build());
        fraud.event(click("a", "v", TEN).of("i").build());
        assertThat(fraud.alerts("clicks")).isEmpty();

        fraud.end();

        assertThat(fraud.alerts("clicks"))
                .extracting(alert -> alert.getRule() + " " + alert.getStatus() + " " + alert.getMeasured())
                .containsExactlyInAnyOrder("r OPENED 2.0", "r CLOSED 2.0", "ghosts OPENED 2.0", "ghosts CLOSED 2.0");
        assertThat(fraud.verdicts())
                .extracting(verdict -> verdict.getRule() + " " + verdict.getEventId())
                .containsExactlyInAnyOrder("r b", "ghosts a", "ghosts b");
    }

    private void clicks(String name, int count) {
        for (int i = 0; i < count; i++) {
            fraud.event(click(name + i, "v", TEN.plusMillis(i)).build());
        }
    }
}
