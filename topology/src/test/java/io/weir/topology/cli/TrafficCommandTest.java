package io.weir.topology.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.MerchantBudget;
import io.weir.topology.budgets.BudgetFile;
import io.weir.traffic.Traffic;
import io.weir.traffic.TrafficSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Made-up traffic, as files. */
class TrafficCommandTest {

    @TempDir
    private Path folder;

    @Test
    void theSameOptionsMakeTheSameBytesAndEveryAcceptedEventHasItsLabel() throws IOException {
        Path first = folder.resolve("first.ndjson");
        Path second = folder.resolve("second.ndjson");
        Path labels = folder.resolve("labels.ndjson");

        Output output = Output.of("traffic", first.toString(), "--duration", "1m", "--labels", labels.toString());
        Output.of("traffic", second.toString(), "--duration", "1m");

        assertThat(output.exitCode()).as(output.err()).isZero();
        assertThat(Files.readAllBytes(second)).isEqualTo(Files.readAllBytes(first));
        List<JsonNode> made = Files.readAllLines(labels).stream()
                .map(JsonMapper.shared()::readTree)
                .toList();
        assertThat(made).hasSizeGreaterThan(2_000);
        assertThat(made).extracting(label -> label.get("made").asString()).contains("HONEST", "ROBOT");
        String events = Files.readString(first);
        assertThat(made).allMatch(label -> events.contains(label.get("event_id").asString()));
    }

    /** What is written is what was meant, to the micro. */
    @Test
    void itsBudgetsCanBeApplied() {
        Path budgets = folder.resolve("budgets.yaml");

        Output.of("traffic", folder.resolve("e").toString(), "--duration", "1s", "--budgets", budgets.toString());

        Instant from = Instant.parse("2026-05-01T00:00:00Z");
        Map<String, MerchantBudget> expected =
                Traffic.from(TrafficSettings.builder().seed(1).rate(50).build()).merchants().stream()
                        .map(merchant -> merchant.budget(merchant.timeZone(), from))
                        .collect(Collectors.toMap(MerchantBudget::getMerchantId, Function.identity()));
        List<MerchantBudget> read = BudgetFile.read(budgets, 1);
        assertThat(read).hasSameSizeAs(expected.values());
        assertThat(read).allSatisfy(budget -> {
            budget.setEffectiveFrom(from);
            assertThat(budget).isEqualTo(expected.get(budget.getMerchantId()));
        });
    }

    @Test
    void aPlaceThatIsNotThereIsNamed() {
        Path nowhere = folder.resolve("nowhere").resolve("labels");

        Output output = Output.of(
                "traffic", folder.resolve("e").toString(), "--duration", "1s", "--labels", nowhere.toString());

        assertThat(output.exitCode()).isEqualTo(2);
        assertThat(output.err()).isEqualToIgnoringNewLines("weir: " + nowhere + ": cannot be written.");
    }
}
