package io.weir.intake.admission.plan;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * A tracking plan inside Weir's jar, below {@code /tracking-plan}.
 *
 * @param name as the setting has it
 * @param plan name of the plan
 */
record ClassPathPlanFolder(String name, String plan) implements PlanFolder {

    @Override
    public Optional<byte[]> read(String file) {
        try (InputStream in = ClassPathPlanFolder.class.getResourceAsStream("/tracking-plan/" + plan + "/" + file)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> files() {
        return List.of();
    }

    @Override
    public String fingerprint() {
        return name;
    }
}
