package io.weir.intake.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.schemas.EventKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Recorded events that nobody here wrote: each is accepted. */
class RecordedDataTest {

    private static final Path DATA = Path.of("../../shared/data");

    @Test
    void everyRequestToNasaIsAPageView() throws IOException {
        assertThat(outcomes("nasa-http-1995-08-01.ndjson.gz")).isEqualTo(Map.of("page_view", 30_969));
    }

    @Test
    void everyLineOfOpenBanditIsAnImpressionOrAClick() throws IOException {
        assertThat(outcomes("open-bandit.ndjson.gz")).isEqualTo(Map.of("impression", 40_000, "click", 207));
    }

    private static Map<String, Integer> outcomes(String name) throws IOException {
        Path file = DATA.resolve(name);
        assumeTrue(Files.isRegularFile(file), "the recorded data is not here: " + file);
        Map<String, Integer> outcomes = new TreeMap<>();
        try (Desk desk = new Desk("weir.intake.time-bounds", "recorded");
                BufferedReader lines = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            lines.lines().flatMap(line -> desk.segment(line).stream()).forEach(admission -> {
                String outcome = admission instanceof Refused refused
                        ? refused.message()
                        : kind((Admitted) admission).name();
                outcomes.merge(outcome, 1, Integer::sum);
            });
        }
        return outcomes;
    }

    private static EventKind kind(Admitted admitted) {
        return admitted.event().getKind();
    }
}
