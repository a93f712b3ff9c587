package io.weir.intake.admission.plan;

import io.weir.intake.admission.PlanBreach;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a team's CI wants to know of a plan: every schema is valid, has examples that pass, and its counter-examples fail.
 *
 * @param events events in the plan
 * @param schemas schemas that were checked
 * @param examples examples that were tried
 * @param counterExamples counter-examples that were tried
 * @param findings what is wrong, one sentence each; empty if nothing is
 */
public record PlanCheck(int events, int schemas, int examples, int counterExamples, List<String> findings) {

    /** Checks the plan in a folder. */
    public static PlanCheck of(PlanFolder folder) {
        PlanReader reader = new PlanReader(folder);
        TrackingPlan plan = reader.read();
        Trial trial = new Trial(folder, reader);
        plan.events()
                .forEach(event -> event.versions().values().stream()
                        .sorted((a, b) -> a.file().compareTo(b.file()))
                        .forEach(trial::run));
        List<String> findings = new ArrayList<>(reader.problems());
        findings.addAll(trial.findings);
        return new PlanCheck(
                plan.events().size(), trial.schemas, trial.examples, trial.counterExamples, List.copyOf(findings));
    }

    /** Whether nothing is wrong. */
    public boolean isSound() {
        return findings.isEmpty();
    }

    private static final class Trial {

        private static final String COUNTER_EXAMPLES = ".counter-examples.json";

        private final PlanFolder folder;
        private final PlanReader reader;
        private final List<String> findings = new ArrayList<>();
        private int schemas;
        private int examples;
        private int counterExamples;

        Trial(PlanFolder folder, PlanReader reader) {
            this.folder = folder;
            this.reader = reader;
        }

        void run(EventContract contract) {
            schemas++;
            JsonNode given = contract.schema().getSchemaNode().path("examples");
            if (given.isEmpty()) {
                findings.add(contract.file() + ": expected at least one entry in \"examples\"");
            }
            for (int i = 0; i < given.size(); i++) {
                examples++;
                Optional<PlanBreach> breach = contract.breachOf(given.get(i));
                if (breach.isPresent()) {
                    findings.add(contract.file() + ": example " + (i + 1) + " does not pass: "
                            + breach.get().message());
                }
            }
            String beside = contract.file().replaceFirst("\\.schema\\.json$", COUNTER_EXAMPLES);
            if (folder.read(beside).isPresent()) {
                reader.json(beside).ifPresent(json -> counter(contract, beside, json));
            }
        }

        private void counter(EventContract contract, String file, JsonNode json) {
            if (!json.isObject()) {
                findings.add(file + ": expected an object from what is wrong to properties that are wrong in that way");
            }
            for (Map.Entry<String, JsonNode> entry : json.properties()) {
                counterExamples++;
                if (contract.breachOf(entry.getValue()).isEmpty()) {
                    findings.add(file + ": the counter-example \"" + entry.getKey() + "\" passes");
                }
            }
        }
    }
}
