package io.weir.intake.admission.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.serde.AvroSerdes;
import io.weir.core.serde.SchemaRegistry;
import io.weir.core.settings.SettingsException;
import io.weir.intake.admission.PlanTrial;
import io.weir.intake.admission.SourceFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrackingPlanTest {

    private static final String INDEX = """
            {"name":"test","unplanned":"reject","events":[{"name":"Cup Filled","mode":"enforce","versions":["1","2"]}]}""";
    private static final String FIRST = "{\"type\":\"object\",\"required\":[\"ml\"],\"examples\":[{\"ml\":1}]}";
    private static final String SECOND = """
            {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","required":["ml"],
             "properties":{"ml":{"$ref":"../common/units.json#/$defs/ml"},"of":{"type":"string","pattern":"^te"},
               "cup":{"type":"object","properties":{"a/b":{"maxLength":2}}}},
             "examples":[{"ml":1},{"ml":200.0,"of":"tea"}]}""";

    @TempDir
    private Path folder;

    @BeforeEach
    void writePlan() {
        write("plan.json", INDEX);
        write("cup-filled/1.schema.json", FIRST);
        write("cup-filled/2.schema.json", SECOND);
        write("cup-filled/2.counter-examples.json", "{\"half a millilitre\":{\"ml\":0.5},\"nothing\":{}}");
        write("common/units.json", "{\"$defs\":{\"ml\":{\"type\":\"integer\",\"minimum\":1}}}");
    }

    @Test
    void lastVersionCountsUnlessTheEventNamesAnother() {
        TrackingPlan plan = TrackingPlan.load(folder);

        assertThat(message(plan, "CUP filled", null, "{\"ml\":0}"))
                .isEqualTo("/ml: must have a minimum value of 1 (cup-filled/2.schema.json).");
        assertThat(message(plan, "Cup Filled", "9", "{\"ml\":0}"))
                .isEqualTo("/ml: must have a minimum value of 1 (cup-filled/2.schema.json).");
        assertThat(message(plan, "Cup Filled", "1", "{\"ml\":0}")).isNull();
        assertThat(message(plan, "Cup Filled", null, "{\"ml\":2,\"of\":\"late\"}"))
                .isEqualTo("/of: does not match the regex pattern ^te (cup-filled/2.schema.json).");
        assertThat(message(plan, "Cup Filled", null, "{\"ml\":2,\"cup\":{\"a/b\":\"abc\"}}"))
                .isEqualTo("/cup/a~1b: must be at most 2 characters long (cup-filled/2.schema.json).");
        assertThat(message(plan, "Cup Emptied", null, "{}"))
                .isEqualTo("The tracking plan test has no event of this name.");
        assertThat(plan.eventNames()).containsExactly("Cup Filled");
    }

    @Test
    void modeDecidesWhetherABreachRefuses() {
        JsonNode nothing = json("{}");

        write("plan.json", INDEX.replace("enforce", "observe").replace("reject", "observe"));
        TrackingPlan observing = TrackingPlan.load(folder);
        write("plan.json", INDEX.replace("enforce", "off").replace("reject", "allow"));
        TrackingPlan off = TrackingPlan.load(folder);

        assertThat(observing.check("Cup Filled", null, () -> nothing))
                .hasValueSatisfying(finding -> assertThat(finding.refuse()).isFalse());
        assertThat(observing.check("Other", null, () -> nothing))
                .hasValueSatisfying(finding -> assertThat(finding.refuse()).isFalse());
        assertThat(off.check("Cup Filled", null, () -> nothing)).isEmpty();
        assertThat(off.check("Other", null, () -> nothing)).isEmpty();
    }

    @Test
    void soundPlanHasNoFindings() {
        assertThat(PlanCheck.of(PlanFolder.at(folder))).isEqualTo(new PlanCheck(1, 2, 3, 2, List.of()));
    }

    @Test
    void everythingThatIsWrongIsFound() {
        write("cup-filled/1.schema.json", "{\"type\":\"object\"}");
        write("cup-filled/2.schema.json", SECOND.replace("{\"ml\":1},", "{\"ml\":0},"));
        write("cup-filled/2.counter-examples.json", "{\"all is well\":{\"ml\":5}}");
        write("cup-filled/3.schema.json", "{}");

        assertThat(PlanCheck.of(PlanFolder.at(folder)).findings())
                .containsExactly(
                        "cup-filled/3.schema.json: no event of plan.json has this version",
                        "cup-filled/1.schema.json: expected at least one entry in \"examples\"",
                        "cup-filled/2.schema.json: example 1 does not pass: /ml: must have a minimum value of 1"
                                + " (cup-filled/2.schema.json).",
                        "cup-filled/2.counter-examples.json: the counter-example \"all is well\" passes");
    }

    @Test
    void wrongPlanIsRefusedWithTheFileAndWhatIsWrong() throws IOException {
        assertRefused("plan.json", "{", "plan.json: not well-formed JSON, line 1");
        assertRefused(
                "plan.json",
                INDEX.replace("enforce", "force"),
                "plan.json: expected \"mode\" to be one of enforce, observe, off, found \"force\"");
        assertRefused(
                "plan.json",
                INDEX.replace("\"2\"", "\"7\""),
                "cup-filled/7.schema.json: there is no such file, or it cannot be read");
        assertRefused(
                "cup-filled/1.schema.json",
                "{\"type\":\"cup\"}",
                "cup-filled/1.schema.json: not a JSON Schema: at \"/type\"");
        assertRefused(
                "cup-filled/1.schema.json",
                "{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}",
                "cup-filled/1.schema.json: expected \"$schema\" to be https://json-schema.org/draft/2020-12/schema");
        assertRefused(
                "cup-filled/1.schema.json",
                "{\"properties\":{\"a\":{\"pattern\":\"(?=x)\"}}}",
                "cup-filled/1.schema.json: the pattern \"(?=x)\" cannot run on RE2");
        assertRefused(
                "cup-filled/1.schema.json",
                "{\"patternProperties\":{\"(a)\\\\1\":true}}",
                "cup-filled/1.schema.json: the pattern \"(a)\\1\" cannot run on RE2");
        assertRefused(
                "cup-filled/1.schema.json",
                "{\"$ref\":\"https://other.example/x.json\"}",
                "cup-filled/1.schema.json: cannot be used");
        assertRefused(
                "cup-filled/1.schema.json",
                "{\"$ref\":\"../../secret.json\"}",
                "cup-filled/1.schema.json: cannot be used");
        assertThatThrownBy(() -> TrackingPlan.load(folder.resolve("plan.json")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("is a file");
    }

    @Test
    void changedPlanIsTakenAndAWrongOneIsNot() {
        LivePlan live = new LivePlan(PlanFolder.at(folder));
        TrackingPlan first = live.current();

        live.refresh();
        assertThat(live.current()).isSameAs(first);

        write("plan.json", INDEX.replace("\"test\"", "\"changed\""));
        live.refresh();
        assertThat(live.current().name()).isEqualTo("changed");

        write("plan.json", "not a plan");
        live.refresh();
        assertThat(live.current().name()).isEqualTo("changed");

        write("plan.json", INDEX.replace("\"test\"", "\"repaired\""));
        live.refresh();
        assertThat(live.current().name()).isEqualTo("repaired");
    }

    @Test
    void trialSaysWhatAChangedPlanWouldNewlyReject() {
        TrackingPlan before = TrackingPlan.load(folder);
        write("cup-filled/2.schema.json", SECOND.replace("\"^te\"", "\"^tea$\""));
        TrackingPlan after = TrackingPlan.load(folder);
        PlanTrial trial = new PlanTrial(
                SourceFormat.SEGMENT_JSON,
                new AvroSerdes(new SchemaRegistry("mock://trial", Map.of(), true)),
                before,
                after);

        for (String properties :
                List.of("{\"ml\":1,\"of\":\"tea\"}", "{\"ml\":1,\"of\":\"tepid water\"}", "{\"ml\":0}")) {
            trial.offer(
                    ("{\"type\":\"track\",\"event\":\"Cup Filled\",\"anonymousId\":\"v\",\"timestamp\":\"1999-01-01T00:00:00Z\","
                                    + "\"properties\":" + properties + "}")
                            .getBytes(StandardCharsets.UTF_8));
        }
        trial.offer(new byte[] {'{'});

        assertThat(trial.outcomes())
                .containsExactly(new PlanTrial.Outcome(
                        "Cup Filled",
                        3,
                        1,
                        0,
                        "/of: does not match the regex pattern ^tea$ (cup-filled/2.schema.json)."));
    }

    private void assertRefused(String file, String content, String sentence) throws IOException {
        String sound = Files.readString(folder.resolve(file));
        write(file, content);

        assertThatThrownBy(() -> TrackingPlan.load(folder))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("tracking plan " + folder + ": " + sentence);

        write(file, sound);
    }

    private static String message(TrackingPlan plan, String event, String version, String properties) {
        return plan.check(event, version, () -> json(properties))
                .map(finding -> finding.breach().message())
                .orElse(null);
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private void write(String file, String content) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, content);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
