package io.weir.topology.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.topic.Topics;
import io.weir.schemas.EventKind;
import io.weir.schemas.FraudRule;
import io.weir.topology.cli.ControlBroker.Written;
import io.weir.topology.rules.RuleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weir rules apply} against a real broker. */
class RulesApplyTest {

    private static final String TWO = """
            rules:
              - id: robots
                kind: match
                on: [click, impression]
                when: client.is_bot
                severity: low
                route: clicks
                action: invalidate
                version: 3
              - id: again
                kind: velocity
                mode: shadow
                on: [click]
                group_by: [visitor, ad]
                limits: [{more_than: 1, in: 2s}]
                severity: high
                route: clicks
                action: alert
                version: 4
            """;

    private static ControlBroker broker;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        broker = new ControlBroker("mock://rules-apply");
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void everyRuleIsOneRecordUnderItsId() throws IOException {
        broker.prepare("a.", Topics.RULES);

        Output output = broker.weir("a.", "rules", "apply", file(TWO));

        List<Written<FraudRule>> written = broker.read("a.", Topics.RULES);
        assertThat(written).extracting(Written::key).containsExactlyInAnyOrder("robots", "again");
        assertThat(written)
                .extracting(Written::value)
                .containsExactlyInAnyOrderElementsOf(
                        RuleFile.read(Path.of(file(TWO)), 1, Set.of(EventKind.click, EventKind.impression)));
        assertThat(output).isEqualTo(new Output(0, """
                        robots  version 3  live  match on click, impression: low to clicks, invalidate
                        again  version 4  shadow  velocity on click: high to clicks, alert
                        2 rules written to a.fraud.rules
                        """.replace("\n", System.lineSeparator()), ""));
    }

    @Test
    void aVersionThatWouldNotCountIsRefusedAndTheSameAgainIsNot() throws IOException {
        broker.prepare("c.", Topics.RULES);
        broker.weir("c.", "rules", "apply", file(TWO));
        int written = broker.read("c.", Topics.RULES).size();

        Output other = broker.weir("c.", "rules", "apply", file(TWO.replace("in: 2s", "in: 3s")));
        assertThat(other).isEqualTo(new Output(2, "", """
                weir: rule again: version 4 is in c.fraud.rules with other content: give it a higher version; nothing was written.
                """.replace("\n", System.lineSeparator())));
        Output lower = broker.weir("c.", "rules", "apply", file(TWO.replace("version: 3", "version: 2")));
        assertThat(lower).isEqualTo(new Output(2, "", """
                weir: rule robots: version 2 is below that in c.fraud.rules, which is 3: give it a higher version; nothing was written.
                """.replace("\n", System.lineSeparator())));
        assertThat(broker.read("c.", Topics.RULES)).hasSize(written);

        assertThat(broker.weir("c.", "rules", "apply", file(TWO)))
                .isEqualTo(new Output(0, """
                        0 rules written to c.fraud.rules, 2 are there already
                        """.replace("\n", System.lineSeparator()), ""));
        assertThat(broker.weir("c.", "rules", "apply", file(TWO.replace("version: 4", "version: 5"))))
                .isEqualTo(new Output(0, """
                        again  version 5  shadow  velocity on click: high to clicks, alert
                        1 rule written to c.fraud.rules, 1 is there already
                        """.replace("\n", System.lineSeparator()), ""));
    }

    /** A version counts from nothing: a file that is applied by each deployment must not end what its rules have counted. */
    @Test
    void aFileWithoutVersionsMakesNewOnesOfWhatItChangesAlone() throws IOException {
        broker.prepare("d.", Topics.RULES);
        String file = TWO.replaceAll(" +version: \\d\n", "");
        broker.weir("d.", "rules", "apply", file(file));
        List<Written<FraudRule>> first = broker.read("d.", Topics.RULES);

        Output same = broker.weir("d.", "rules", "apply", file(file));
        assertThat(same.out()).isEqualTo("0 rules written to d.fraud.rules, 2 are there already%n".formatted());
        assertThat(broker.read("d.", Topics.RULES)).isEqualTo(first);

        broker.weir("d.", "rules", "apply", file(file.replace("in: 2s", "in: 3s")));
        List<Written<FraudRule>> second = broker.read("d.", Topics.RULES);
        assertThat(second.subList(first.size(), second.size()))
                .singleElement()
                .satisfies(rule -> assertThat(rule.key()).isEqualTo("again"));
    }

    @Test
    void aMistakeInAConditionIsOneLineWithItsPlaceAndNothingIsSent() throws IOException {
        broker.prepare("b.", Topics.RULES);
        String file = file(TWO.replace("client.is_bot", "client.is_boot"));

        Output output = broker.weir("b.", "rules", "apply", file);

        assertThat(output)
                .isEqualTo(new Output(
                        2,
                        "",
                        "weir: %s:5:11: rule robots: when: undeclared reference to 'client' (line 1, column 1 of the expression).%n"
                                .formatted(file)));
        assertThat(broker.read("b.", Topics.RULES)).isEmpty();
    }

    @Test
    void aRuleOnAKindThatIsNotReadNamesTheSetting() throws IOException {
        Output output = Output.of("rules", "apply", file(TWO), "--dry-run", "--set", "weir.fraud.kinds=click,purchase");

        assertThat(output.exitCode()).isEqualTo(2);
        assertThat(output.err()).contains("events of kind impression are not read; see weir.fraud.kinds");
    }

    @Test
    void theShippedRulesCanBeApplied() {
        Output output = Output.of(
                "rules", "apply", "src/main/resources/io/weir/topology/rules/default-rules.yaml", "--dry-run");

        assertThat(output.err()).isEmpty();
        assertThat(output.out()).endsWith("19 rules checked, none written (--dry-run)%n".formatted());
    }

    private String file(String text) throws IOException {
        return Files.writeString(directory.resolve("rules.yaml"), text).toString();
    }
}
