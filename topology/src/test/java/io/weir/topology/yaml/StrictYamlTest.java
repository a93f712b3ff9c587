package io.weir.topology.yaml;

import static io.weir.topology.budgets.BudgetYaml.budget;
import static io.weir.topology.budgets.BudgetYaml.problems;
import static io.weir.topology.budgets.BudgetYaml.read;
import static io.weir.topology.budgets.BudgetYaml.valid;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What is refused in a budgets file before anyone looks at what it says. */
class StrictYamlTest {

    /** What means something in YAML, and some of what does not. */
    private static final String PIECES =
            "merchants:¦- ¦merchant_id: ¦currency: ¦IDR¦time_zone: ¦UTC¦cpc: ¦campaigns: ¦1¦.5¦~¦null¦é¦😀¦\n¦\n  ¦\n    ¦ ¦"
                    + "\t¦\r¦{¦}¦[¦]¦,¦:¦?¦|¦>¦&a ¦*a¦!¦!!int ¦!<¦<<¦%¦%YAML 1.1\n¦%TAG ! x\n¦---\n¦...\n¦#¦\"¦'¦\\¦@¦`¦"
                    + "\"\\UFFFFFFFF\"¦\"\\ud800\"¦\"\\x0\"¦\u0085¦\u2028¦\uFEFF¦\u0007";

    @Test
    void whatIsNotYamlIsShownWhereItEnds() {
        assertThat(problems(valid() + "    cpc: 1: 2\n"))
                .containsExactly(
                        "budgets.yaml:5:11: expected YAML, found a syntax error: mapping values are not allowed here");
        assertThat(problems("merchants:\n\t- m-17\n"))
                .containsExactly(
                        "budgets.yaml:2:1: expected YAML, found a syntax error: found character '\\t(TAB)' that"
                                + " cannot start any token. (Do not use \\t(TAB) for indentation)");
        assertThat(problems("merchants: [\"\\UFFFFFFFF\"]"))
                .containsExactly(
                        "budgets.yaml:1:16: expected YAML, found the escape of a character that does not exist");
        assertThat(problems("merchants: [{"))
                .containsExactly(
                        "budgets.yaml:1:14: expected YAML, found a syntax error: expected the node content, but"
                                + " found '<stream end>'");
    }

    @Test
    void anchorsAndAliasesAreRefused() {
        assertThat(problems("""
                merchants:
                  - &first {merchant_id: m-1, currency: &c EUR, time_zone: nowhere}
                  - {merchant_id: m-2, currency: *c, time_zone: *z}
                """))
                .containsExactly(
                        "budgets.yaml:2:5: expected a value without anchor, found &first",
                        "budgets.yaml:2:41: expected a value without anchor, found &c",
                        "budgets.yaml:2:60: time_zone: expected an IANA time zone such as Asia/Jakarta, found \"nowhere\"",
                        "budgets.yaml:3:34: expected the value itself, found the alias *c",
                        "budgets.yaml:3:49: expected the value itself, found the alias *z");
        assertThat(problems(budget("campaigns: {*id : *terms, lunch: *terms}")))
                .containsExactly(
                        "budgets.yaml:5:17: expected the value itself, found the alias *id",
                        "budgets.yaml:5:23: expected the value itself, found the alias *terms",
                        "budgets.yaml:5:38: expected the value itself, found the alias *terms");
    }

    @Test
    void tagsAreRefused() {
        assertThat(problems("""
                --- !!map
                merchants: !list
                  - {merchant_id: !!java.net.URL m-1, currency: ! EUR, time_zone: !<x:y> UTC}
                """))
                .containsExactly(
                        "budgets.yaml:1:5: expected a value without tag, found !!map",
                        "budgets.yaml:2:12: expected a value without tag, found !list",
                        "budgets.yaml:3:19: expected a value without tag, found !!java.net.URL",
                        "budgets.yaml:3:49: expected a value without tag, found !",
                        "budgets.yaml:3:67: expected a value without tag, found !<x:y>");
    }

    @Test
    void secondDocumentIsRefused() {
        assertThat(problems("---\n" + valid() + "---\n" + valid()))
                .containsExactly("budgets.yaml:6:1: expected one document, found a second");
    }

    @Test
    void depthIsBounded() {
        assertThat(problems("[".repeat(100_000)))
                .containsExactly("budgets.yaml:1:21: expected lists and mappings at most 20 deep, found deeper");
    }

    @Test
    void whatIsNotUtf8IsShownWhereItBegins() {
        byte[] latin1 = valid().replace("m-17", "käse").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(problems(latin1)).containsExactly("budgets.yaml:2:19: expected UTF-8, found other bytes");
        assertThat(problems(valid().replace("m-17", "m\0")))
                .containsExactly("budgets.yaml:2:19: expected YAML, found the control character \\u0000");
    }

    @Test
    void byteOrderMarkAndWindowsLineEndsChangeNothing() {
        assertThat(read("\uFEFF" + valid().replace("\n", "\r\n"))).isEqualTo(read(valid()));
        assertThat(problems(("\uFEFF" + valid() + "    cpc: x\n").replace("\n", "\r\n")))
                .containsExactly("budgets.yaml:5:10: cpc: expected an amount such as 1500000 or 250.5, found \"x\"");
    }

    @Test
    void columnsCountCharactersAndExcerptsAreOneShortLine() {
        assertThat(problems("merchants: [{merchant_id: 😀, currency: IDR, time_zone: \"" + "z\\n".repeat(40) + "\"}]"))
                .containsExactly(
                        "budgets.yaml:1:56: time_zone: expected an IANA time zone such as Asia/Jakarta, found \""
                                + "z\\u000a".repeat(30) + "…\"");
    }

    /** For this the scanner has an error of its own that does not say where. */
    @Test
    void aSyntaxErrorWithoutPlaceIsAProblemToo() {
        assertThat(problems("? - '|\n}'\""))
                .hasSize(1)
                .allMatch(problem -> problem.matches(
                        "budgets.yaml:\\d+:\\d+: expected YAML, found a syntax error: A simple key .+"));
    }

    @Property(tries = 3_000)
    void whateverIsInTheFileTheAnswerIsBudgetsOrProblems(@ForAll("nonsense") String yaml) {
        try {
            assertThat(read(yaml)).isNotEmpty();
        } catch (YamlFileException wrong) {
            assertThat(wrong.problems())
                    .isNotEmpty()
                    .allMatch(problem -> problem.matches("budgets.yaml:\\d+:\\d+: .+"));
        }
    }

    @Provide
    Arbitrary<String> nonsense() {
        Arbitrary<String> piece = Arbitraries.of(PIECES.split("¦"));
        return piece.list()
                .ofMaxSize(25)
                .map(pieces -> String.join("", pieces))
                .flatMap(tail ->
                        Arbitraries.of("", valid(), budget("campaigns: ")).map(start -> start + tail));
    }
}
