package io.weir.topology.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SortedLinesTest {

    @TempDir
    Path directory;

    @Test
    void linesAreOrderedByKeyThenTimeThenPartitionThenOffset() throws IOException {
        List<SortedLines.Line> lines = List.of(
                line("b", 1, 0, 0, "7"),
                line("a", 2, 1, 3, "5"),
                line("a", 2, 1, 2, "4"),
                line("a", 2, 0, 9, "3"),
                line("a", 1, 5, 9, "2"),
                line("é", 0, 0, 0, "8"),
                line("aa", 0, 0, 0, "6"),
                line("", 9, 9, 9, "1"));

        assertThat(sorted(lines, Long.MAX_VALUE)).containsExactly("1", "2", "3", "4", "5", "6", "7", "8");
    }

    @Test
    void whatDoesNotFitIntoMemoryIsMergedIntoTheSameOrder() throws IOException {
        List<SortedLines.Line> lines = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            lines.add(line("visitor-" + i % 37, i / 100, i % 3, i, "line " + i));
        }
        Collections.shuffle(lines, new Random(5));

        List<String> merged = sorted(lines, 10_000);

        assertThat(merged).hasSize(2_000).isEqualTo(sorted(lines, Long.MAX_VALUE));
        assertThat(directory).isDirectoryNotContaining("glob:**.run");
    }

    @Test
    void nothingMakesAnEmptyFile() throws IOException {
        assertThat(sorted(List.of(), Long.MAX_VALUE)).isEmpty();
    }

    private List<String> sorted(List<SortedLines.Line> lines, long runBytes) throws IOException {
        Path file = directory.resolve("sorted");
        try (SortedLines sorted = new SortedLines(directory, runBytes)) {
            lines.forEach(sorted::add);
            sorted.writeTo(file);
        }
        return Files.readAllLines(file);
    }

    private static SortedLines.Line line(String key, long time, int partition, long offset, String text) {
        return new SortedLines.Line(
                key.getBytes(StandardCharsets.UTF_8), time, partition, offset, text.getBytes(StandardCharsets.UTF_8));
    }
}
