package io.weir.embedded;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where one broker keeps its log: a directory that the caller owns, or a temporary one that goes with the broker. */
final class BrokerDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerDirectory.class);

    private final Path root;
    private final boolean temporary;
    private FileChannel lock;

    private BrokerDirectory(Path root, boolean temporary) {
        this.root = root;
        this.temporary = temporary;
    }

    /**
     * The caller's directory, made if it is not there, or a new temporary one.
     *
     * @throws EmbeddedBrokerException if it cannot be made or is not a directory
     */
    static BrokerDirectory open(Optional<Path> given) {
        try {
            if (given.isEmpty()) {
                return new BrokerDirectory(Files.createTempDirectory("weir-broker-"), true);
            }
            Path root = given.get().toAbsolutePath();
            if (Files.exists(root) && !Files.isDirectory(root)) {
                throw new EmbeddedBrokerException(
                        "Expected a directory for the broker's data but %s is a file: name another one."
                                .formatted(root));
            }
            return new BrokerDirectory(Files.createDirectories(root), false);
        } catch (IOException e) {
            throw new EmbeddedBrokerException(
                    "Could not make the broker's data directory %s (%s): name one that can be written."
                            .formatted(given.map(Path::toString).orElse(System.getProperty("java.io.tmpdir")), e),
                    e);
        }
    }

    Path root() {
        return root;
    }

    /** Kafka's log directory, apart from whatever else the caller keeps in the root. */
    Path log() {
        return root.resolve("kafka");
    }

    /**
     * Takes the directory for one broker. Kafka's own lock comes too late: by then a second controller has written to
     * the metadata of the first.
     *
     * @throws EmbeddedBrokerException if another broker has it
     */
    void lock() {
        try {
            lock = FileChannel.open(root.resolve(".weir-lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // Another broker of this JVM has it: said below, as of one of another process.
        } catch (IOException e) {
            throw new EmbeddedBrokerException(
                    "Could not write to the broker's data directory %s (%s): name one that can be written."
                            .formatted(root, e),
                    e);
        }
        unlock();
        throw new EmbeddedBrokerException(
                "The data directory %s is in use by another broker: stop that one or name another directory."
                        .formatted(root));
    }

    /** Gives the directory back; does nothing if it is not taken. */
    void unlock() {
        if (lock == null) {
            return;
        }
        try {
            lock.close();
        } catch (IOException e) {
            LOG.debug("The lock of {} did not close.", root, e);
        }
        lock = null;
    }

    /** Prepares an empty directory as a cluster of its own; one that holds a cluster's data is left as it is. */
    void formatOnce(int nodeId, String controllerListener) {
        if (Files.exists(log().resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(log());
            Formatter formatter = new Formatter()
                    .setNodeId(nodeId)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName(controllerListener)
                    .setDirectories(List.of(log().toString()))
                    .setMetadataLogDirectory(log().toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setIgnoreFormatted(false)
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
            formatter.run();
        } catch (Exception e) {
            throw new EmbeddedBrokerException(
                    "Could not prepare the broker's data directory %s (%s): name one that is empty and can be written."
                            .formatted(log(), e.getMessage()),
                    e);
        }
    }

    /** Deletes a temporary directory with all that is in it; leaves the caller's own alone. */
    void deleteIfTemporary() throws IOException {
        if (!temporary || !Files.exists(root)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
        if (Files.exists(root)) {
            throw new IOException(
                    "Could not delete the broker's temporary directory %s: delete it by hand.".formatted(root));
        }
    }
}
