package io.weir.embedded.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A JVM started by this one, which can be ended as gracefully or as abruptly as a test asks. What it prints, on both
 * streams, goes to a file.
 */
public final class ChildProcess implements AutoCloseable {
    /** How long {@link #close()} waits for a graceful end before it kills. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private static final long POLL_MILLIS = 20;
    private static final int TAIL_LINES = 30;

    private final Process process;
    private final Path output;

    private ChildProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** A JVM that runs this main class, by default on this JVM's class path. */
    public static Builder java(String mainClass) {
        return new Builder(mainClass);
    }

    /** The process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether the process still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The file with all that the process printed. */
    public Path output() {
        return output;
    }

    /** The lines that the process printed so far; the last one may be incomplete. */
    public List<String> lines() {
        try {
            return new String(Files.readAllBytes(output), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits until the process prints a line that starts so.
     *
     * @return the rest of that line
     * @throws IllegalStateException if the process ends before, or the time is over; with the last lines it printed
     */
    public String awaitLine(String start, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            // Asked first: what an ended process printed is all there.
            boolean alive = process.isAlive();
            Optional<String> found = completeLines().stream()
                    .filter(line -> line.startsWith(start))
                    .findFirst();
            if (found.isPresent()) {
                return found.get().substring(start.length());
            }
            if (!alive || System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "Expected process %d to print \"%s…\" within %s, but it %s; its last lines:%n%s"
                                .formatted(
                                        pid(),
                                        start,
                                        atMost,
                                        alive ? "did not" : "ended with " + process.exitValue(),
                                        tail()));
            }
            pause();
        }
    }

    /** Kills the process (SIGKILL), so that it cannot do anything any more, and returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd(GRACE);
    }

    /**
     * Asks the process to end (SIGTERM).
     *
     * @return its exit code
     * @throws IllegalStateException if it still runs after that time
     */
    public int stop(Duration atMost) {
        process.destroy();
        return awaitEnd(atMost);
    }

    /**
     * Waits for the process to end by itself.
     *
     * @return its exit code
     * @throws IllegalStateException if it still runs after that time
     */
    public int awaitEnd(Duration atMost) {
        try {
            if (process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException(
                "Process %d still runs after %s; its last lines:%n%s".formatted(pid(), atMost, tail()));
    }

    /** Ends the process: gracefully within 15 s, else by force. */
    @Override
    public void close() {
        if (!process.isAlive()) {
            return;
        }
        try {
            stop(GRACE);
        } catch (IllegalStateException e) {
            kill();
        }
    }

    private List<String> completeLines() {
        try {
            String printed = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
            return printed.substring(0, printed.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String tail() {
        List<String> lines = lines();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a process.", e);
        }
    }

    /** What to run and where. */
    public static final class Builder {
        private final String mainClass;
        private final List<String> jvmOptions = new ArrayList<>();
        private final List<String> arguments = new ArrayList<>();
        private final Map<String, String> environment = new LinkedHashMap<>();
        private String classPath = System.getProperty("java.class.path");
        private Optional<Path> directory = Optional.empty();
        private Optional<Path> output = Optional.empty();

        private Builder(String mainClass) {
            this.mainClass = mainClass;
        }

        /** Another class path than this JVM's. */
        public Builder classPath(String chosen) {
            this.classPath = chosen;
            return this;
        }

        /** Options for the JVM, such as {@code -Xmx512m}. */
        public Builder jvmOptions(String... options) {
            jvmOptions.addAll(List.of(options));
            return this;
        }

        /** Arguments for the main class. */
        public Builder arguments(String... values) {
            arguments.addAll(List.of(values));
            return this;
        }

        /** A variable beside those of this process. */
        public Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** The working directory; this process's unless set. */
        public Builder directory(Path chosen) {
            this.directory = Optional.of(chosen);
            return this;
        }

        /** The file for what it prints, appended to; a temporary one unless set. */
        public Builder output(Path chosen) {
            this.output = Optional.of(chosen);
            return this;
        }

        /**
         * Starts the process.
         *
         * @throws UncheckedIOException if it cannot be started
         */
        public ChildProcess start() {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(jvmOptions);
            command.addAll(List.of("-cp", classPath, mainClass));
            command.addAll(arguments);
            try {
                Path file = output.isPresent() ? output.get() : Files.createTempFile("weir-child-", ".log");
                ProcessBuilder builder = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile()));
                directory.ifPresent(chosen -> builder.directory(chosen.toFile()));
                builder.environment().putAll(environment);
                return new ChildProcess(builder.start(), file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
