package io.weir.topology.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.feature.Build;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "batch",
                "run",
                "replay",
                "topics create",
                "topics check",
                "schemas register",
                "schemas check",
                "dead-letters replay",
                "tail",
                "topology"
            })
    void everyCommandHasHelpAndTakesSettings(String command) {
        Output output = Output.of((command + " --help").split(" "));

        assertThat(output.exitCode()).isZero();
        assertThat(output.out())
                .startsWith("Usage: weir " + command)
                .contains("--config=FILE", "--set=KEY=VALUE", "--help");
    }

    @Test
    void helpListsEveryCommand() {
        Output output = Output.of("--help");

        assertThat(output.exitCode()).isZero();
        assertThat(output.out())
                .contains("demo", "batch", "run", "replay", "topics", "schemas", "dead-letters", "tail", "topology");
    }

    @Test
    void versionIsThatOfTheBuild() {
        Output output = Output.of("--version");

        assertThat(output).isEqualTo(new Output(0, "weir " + Build.version() + System.lineSeparator(), ""));
    }

    @Test
    void withoutACommandTheUsageIsShownAsAnError() {
        Output output = Output.of();

        assertThat(output.exitCode()).isEqualTo(2);
        assertThat(output.err()).startsWith("Usage: weir");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "mermaid", "graphviz"})
    void topologyIsShownInEveryFormat(String format) {
        Output output = Output.of("topology", "--only", "sessionizer", "--format", format);

        assertThat(output.exitCode()).isZero();
        assertThat(output.out()).contains("sessionize", "events.page-views", "sessions");
    }
}
