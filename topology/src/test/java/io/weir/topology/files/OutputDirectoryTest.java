package io.weir.topology.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputDirectoryTest {

    private static final String MARK = "summary.json";

    @TempDir
    Path directory;

    @Test
    void nothingIsThereUntilItIsPublished() throws IOException {
        Path target = directory.resolve("a/b/out");

        try (OutputDirectory out = OutputDirectory.prepare(target, MARK)) {
            Files.writeString(out.staging().resolve(MARK), "{}");
            assertThat(target).doesNotExist();
            out.publish();
        }

        assertThat(target.resolve(MARK)).hasContent("{}");
        assertThat(target.getParent()).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void nothingIsLeftOfAFailure() throws IOException {
        try (OutputDirectory out = OutputDirectory.prepare(directory.resolve("a/b/out"), MARK)) {
            Files.writeString(out.staging().resolve("half"), "");
        }

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void resultsOfAnEarlierRunAreReplaced() throws IOException {
        Path target = Files.createDirectory(directory.resolve("out"));
        Files.writeString(target.resolve(MARK), "old");

        try (OutputDirectory out = OutputDirectory.prepare(target, MARK)) {
            Files.writeString(out.staging().resolve(MARK), "new");
            out.publish();
        }

        assertThat(target.resolve(MARK)).hasContent("new");
        assertThat(directory).isDirectoryNotContaining("glob:**/.*");
    }
}
