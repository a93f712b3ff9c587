package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.embedded.process.ChildProcess;
import io.weir.topology.Main;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What the README's tour promises to whoever starts the demo. */
@Tag("full")
class DemoIT {

    /** The raise comes within two minutes and 45 seconds, and what is read first takes a minute. */
    private static final Duration BOUND = Duration.ofMinutes(6);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void capsAreReachedAndOpenedAgainByTheClockAndByARaiseAndADayIsStated() {
        try (ChildProcess demo = ChildProcess.java(Main.class.getName())
                .jvmOptions("-Xmx1g", "-XX:TieredStopAtLevel=1")
                .arguments("demo", "--port", "0")
                .output(folder.resolve("demo.log"))
                .start()) {
            await("midnight at m-3")
                    .atMost(BOUND)
                    .until(() -> caps(demo).anyMatch(line -> line.matches(".*reopened: m-3\\S* \\(day rollover\\).*")));
            await("the raise of m-1")
                    .atMost(BOUND)
                    .until(() ->
                            caps(demo).anyMatch(line -> line.matches(".*reopened: m-1\\S* \\(budget change\\).*")));
            await("a statement")
                    .atMost(BOUND)
                    .until(() -> demo.lines().stream()
                            .anyMatch(line ->
                                    line.matches("\\s*statement\\s+m-3 on \\d{4}-\\d\\d-\\d\\d: .* billed, .*")));
            assertThat(caps(demo).anyMatch(line -> line.matches("\\s*caps\\s+[1-9]\\d* of \\d+ reached.*")))
                    .isTrue();
        }
    }

    private static Stream<String> caps(ChildProcess demo) {
        return demo.lines().stream().filter(line -> line.strip().startsWith("caps "));
    }
}
