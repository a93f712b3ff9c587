package io.weir.topology;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;

/** The rules between the modules, as docs/architecture.md states them. */
@AnalyzeClasses(packages = "io.weir", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] FEATURES = {
        "io.weir.intake..", "io.weir.sessionizer..", "io.weir.fraud..", "io.weir.experiments..", "io.weir.adspend.."
    };

    @ArchTest
    static final ArchRule nobodyButTheRootKnowsQueries = noClasses()
            .that()
            .resideOutsideOfPackages("io.weir.query..", "io.weir.topology..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.weir.query..");

    @ArchTest
    static final ArchRule queriesKnowNeitherTheRootNorHowTheyAreReached = noClasses()
            .that()
            .resideInAPackage("io.weir.query..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.weir.topology..", "io.weir.embedded..", "io.weir.traffic..");

    @ArchTest
    static final ArchRule whereStateIsAndWhoMayAskKnowNoFeature = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.weir.query.state..", "io.weir.query.ask..", "io.weir.query.http..", "io.weir.query.access..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FEATURES);

    @ArchTest
    static final ArchRule schemasKnowNobody = noClasses()
            .that()
            .resideInAPackage("io.weir.schemas..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.weir.core..",
                    "io.weir.intake..",
                    "io.weir.sessionizer..",
                    "io.weir.fraud..",
                    "io.weir.experiments..",
                    "io.weir.adspend..",
                    "io.weir.topology..");

    @ArchTest
    static final ArchRule coreKnowsNoFeature = noClasses()
            .that()
            .resideInAPackage("io.weir.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.weir.intake..",
                    "io.weir.sessionizer..",
                    "io.weir.fraud..",
                    "io.weir.experiments..",
                    "io.weir.adspend..",
                    "io.weir.topology..",
                    "io.weir.embedded..",
                    "io.weir.traffic..");

    @ArchTest
    static final ArchRule intakeKnowsCoreAndSchemasAlone = noClasses()
            .that()
            .resideInAPackage("io.weir.intake..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.weir.sessionizer..",
                    "io.weir.fraud..",
                    "io.weir.experiments..",
                    "io.weir.adspend..",
                    "io.weir.topology..",
                    "io.weir.embedded..",
                    "io.weir.traffic..");

    @ArchTest
    static final ArchRule theSessionizerKnowsCoreAndSchemasAlone = noClasses()
            .that()
            .resideInAPackage("io.weir.sessionizer..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.weir.intake..",
                    "io.weir.fraud..",
                    "io.weir.experiments..",
                    "io.weir.adspend..",
                    "io.weir.topology..",
                    "io.weir.embedded..",
                    "io.weir.traffic..");

    @ArchTest
    static final ArchRule experimentsKnowCoreAndSchemasAlone = noClasses()
            .that()
            .resideInAPackage("io.weir.experiments..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.weir.intake..",
                    "io.weir.sessionizer..",
                    "io.weir.fraud..",
                    "io.weir.adspend..",
                    "io.weir.topology..",
                    "io.weir.embedded..",
                    "io.weir.traffic..");

    @ArchTest
    static final ArchRule fraudKnowsCoreAndSchemasAlone = noClasses()
            .that()
            .resideInAPackage("io.weir.fraud..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.weir.intake..",
                    "io.weir.sessionizer..",
                    "io.weir.experiments..",
                    "io.weir.adspend..",
                    "io.weir.topology..",
                    "io.weir.embedded..",
                    "io.weir.traffic..");

    @ArchTest
    static final ArchRule attributionAndStatisticsArePure = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.weir.experiments.definition..",
                    "io.weir.experiments.statistics..",
                    "io.weir.experiments.total..",
                    "io.weir.experiments.unit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka..",
                    "io.weir.experiments.book..",
                    "io.weir.experiments.result..",
                    "io.micrometer..");

    @ArchTest
    static final ArchRule adSpendKnowsCoreAndSchemasAlone = noClasses()
            .that()
            .resideInAPackage("io.weir.adspend..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.weir.intake..",
                    "io.weir.sessionizer..",
                    "io.weir.fraud..",
                    "io.weir.experiments..",
                    "io.weir.topology..",
                    "io.weir.embedded..",
                    "io.weir.traffic..");

    @ArchTest
    static final ArchRule theAccountingIsPure = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.weir.adspend.account..",
                    "io.weir.adspend.budget..",
                    "io.weir.adspend.cap..",
                    "io.weir.adspend.day..",
                    "io.weir.adspend.ledger..",
                    "io.weir.core.verdict..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache..", "io.weir.schemas..", "io.weir.adspend.merchant..", "io.micrometer..");

    @ArchTest
    static final ArchRule theBrokerAndTheTrafficKnowNoFeature = noClasses()
            .that()
            .resideInAnyPackage("io.weir.embedded..", "io.weir.traffic..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.weir.core..",
                    "io.weir.intake..",
                    "io.weir.sessionizer..",
                    "io.weir.experiments..",
                    "io.weir.adspend..",
                    "io.weir.topology..");

    @ArchTest
    static final ArchRule featuresDoNotAskTheMachineForTheTime = noClasses()
            .that()
            .resideInAnyPackage(FEATURES)
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(OffsetDateTime.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule processorsDoNotSleep =
            noClasses().that().resideInAnyPackage(FEATURES).should().callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule namesSayWhatThingsAre = classes()
            .that()
            .resideOutsideOfPackage("io.weir.schemas..")
            .should()
            .haveSimpleNameNotEndingWith("Util")
            .andShould()
            .haveSimpleNameNotEndingWith("Utils")
            .andShould()
            .haveSimpleNameNotEndingWith("Helper")
            .andShould()
            .haveSimpleNameNotEndingWith("Manager")
            .andShould()
            .haveSimpleNameNotEndingWith("Impl");
}
