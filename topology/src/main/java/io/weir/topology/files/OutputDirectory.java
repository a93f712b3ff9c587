package io.weir.topology.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A directory of results that is either complete or not there: files are written beside it and moved in at the end.
 * Results of an earlier run are replaced, anything else is left alone.
 */
public final class OutputDirectory implements AutoCloseable {

    private final Path target;
    private final Path staging;
    /** Parents that were made for it, the innermost first. */
    private final Deque<Path> made;

    private volatile boolean published;

    private OutputDirectory(Path target, Path staging, Deque<Path> made) {
        this.target = target;
        this.staging = staging;
        this.made = made;
    }

    /**
     * Prepares a place for results.
     *
     * @param target where they go: nothing there yet, an empty directory, or one that holds {@code mark}
     * @param mark a file that every complete run writes
     * @throws FileException if something else is there, or nothing can be written
     */
    public static OutputDirectory prepare(Path target, String mark) {
        Path absolute = target.toAbsolutePath().normalize();
        refuseForeign(target, absolute, mark);
        Deque<Path> made = new ArrayDeque<>();
        try {
            Path parent = absolute.getParent();
            if (parent == null) {
                throw new FileException(
                        target + ": expected a directory for results, found the root of the file system");
            }
            make(parent, made);
            Path staging =
                    Files.createDirectory(parent.resolve("." + absolute.getFileName() + "-" + UUID.randomUUID()));
            return new OutputDirectory(absolute, staging, made);
        } catch (IOException e) {
            removeMade(made);
            throw new FileException(target + ": cannot be written (" + e + ")");
        }
    }

    /** Where to write. */
    public Path staging() {
        return staging;
    }

    /**
     * Moves what was written to where it belongs.
     *
     * @throws FileException if that fails
     */
    public void publish() {
        try {
            if (Files.isDirectory(target)) {
                for (Path file : files(staging)) {
                    Files.move(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
                Files.delete(staging);
            } else {
                Files.move(staging, target);
            }
            published = true;
        } catch (IOException e) {
            throw new FileException(target + ": the results cannot be moved there (" + e + ")");
        }
    }

    /** Removes what was written, unless it was published. */
    @Override
    public void close() {
        discard();
    }

    /** The same, for a process that is being stopped. */
    public void discard() {
        if (!published) {
            Trees.delete(staging);
            removeMade(made);
        }
    }

    private static void refuseForeign(Path target, Path absolute, String mark) {
        if (!Files.exists(absolute)) {
            return;
        }
        if (!Files.isDirectory(absolute)) {
            throw new FileException(target + ": expected a directory for results, found a file");
        }
        try (Stream<Path> entries = Files.list(absolute)) {
            if (!Files.exists(absolute.resolve(mark)) && entries.findAny().isPresent()) {
                throw new FileException(target + ": expected a new or empty directory, or results of an earlier run"
                        + ", found other files; choose another directory");
            }
        } catch (IOException e) {
            throw new FileException(target + ": cannot be read (" + e + ")");
        }
    }

    private static void make(Path directory, Deque<Path> made) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        make(directory.getParent(), made);
        Files.createDirectory(directory);
        made.push(directory);
    }

    private static void removeMade(Deque<Path> made) {
        for (Path directory : made) {
            try {
                Files.deleteIfExists(directory);
            } catch (IOException e) {
                // Somebody else has put something there since: it stays.
                return;
            }
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }
}
