package io.weir.topology.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.serde.Schemas;
import io.weir.topology.cli.CommandLines;
import io.weir.topology.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Experiments over recorded events: definitions count from the first of them. */
class BatchExperimentsTest {

    @TempDir
    private Path folder;

    @BeforeAll
    static void trustOurClasses() {
        Schemas.trust();
    }

    /**
     * Named events and customers are kept only because of a definition: it must be there before them. And the input ends with its last
     * event, whatever that is.
     */
    @Test
    void namedEventsAndCustomersCountByTheDefinitionOfTheFile() throws IOException {
        Path events = Files.writeString(folder.resolve("events.ndjson"), """
                {"type":"track","event":"Checkout Failed","messageId":"f1","anonymousId":"laptop","userId":"c1",\
                "timestamp":"2026-12-02T10:00:05Z","properties":{}}
                {"type":"track","event":"Experiment Viewed","messageId":"x1","anonymousId":"phone","userId":"c1",\
                "timestamp":"2026-12-02T10:00:00Z","properties":{"experiment_id":"checkout","variation_id":"control"}}
                {"type":"track","event":"Experiment Viewed","messageId":"x2","anonymousId":"nobody",\
                "timestamp":"2026-12-02T10:00:00Z","properties":{"experiment_id":"checkout","variation_id":"control"}}
                {"type":"page","messageId":"p1","anonymousId":"nobody","timestamp":"2026-12-04T10:00:00Z","properties":{}}
                """);
        Path definitions = Files.writeString(folder.resolve("experiments.yaml"), """
                experiments:
                  - id: checkout
                    unit: customer
                    variants: [{id: control}, {id: treatment}]
                    metrics: [{id: errors, type: count, event: Checkout Failed, window: 1d}]
                """);
        Path out = folder.resolve("out");
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), false);

        int exit = CommandLines.execute(
                terminal, "batch", events.toString(), "--experiments", definitions.toString(), "--out", out.toString());

        assertThat(exit).as(err.toString()).isZero();
        JsonNode results = JsonMapper.shared().readTree(Files.readString(out.resolve("experiments.results.ndjson")));
        assertThat(results.get("provisional").asBoolean()).isFalse();
        assertThat(results.get("as_of").asString()).isEqualTo("2026-12-04T10:00:00.000Z");
        assertThat(results.get("units").asLong()).isEqualTo(1);
        assertThat(results.get("unattributed").asLong()).isEqualTo(1);
        JsonNode errors = results.get("variants").get(0).get("metrics").get(0);
        assertThat(errors.get("sum").asString()).isEqualTo("1");
    }
}
