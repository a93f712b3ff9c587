package io.weir.fraud.integrity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A JWK set in a file that may change at any time. Whether it has is looked at every {@link #CHECK_MILLIS}, or after
 * {@link #EARLY_MILLIS} if a token names a key that is not known, by its time of change, size and identity; only then is it
 * read. A flood of unknown keys so costs one look a second.
 *
 * <p>Keys that can be read replace those before as a whole: a key that is not among them is refused from then on. While the
 * file is not there or cannot be read as a set, the last good keys are kept, and a warning is logged once; so deleting the
 * file withdraws nothing, and a set without keys withdraws all. Whoever changes it should write another file and rename it.
 *
 * <p>Not for several threads: each task has its own, and they may differ for {@link #CHECK_MILLIS}.
 */
public final class KeyFile implements KeySource {

    /** Between two looks at the file, milliseconds. */
    public static final long CHECK_MILLIS = 5_000;
    /** Between two looks at the file while tokens name unknown keys, milliseconds. */
    public static final long EARLY_MILLIS = 1_000;

    /** Room for a thousand keys, bytes: what is larger is some other file. */
    private static final int MOST_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);

    private final Path path;
    private final LongSupplier clock;
    private Optional<KeySet> keys = Optional.empty();
    private Optional<Stamp> read = Optional.empty();
    private String complaint = "";
    private boolean lookedBefore;
    private long lookedAt;

    /** What changes when a file does; the identity, where the file system has one, when it is replaced. */
    private record Stamp(FileTime modified, long size, Object identity) {

        static Stamp of(BasicFileAttributes file) {
            return new Stamp(file.lastModifiedTime(), file.size(), file.fileKey());
        }
    }

    /**
     * Reads nothing yet.
     *
     * @param path of the file; links are followed, as mounted secrets are some
     * @param clock milliseconds
     */
    public KeyFile(Path path, LongSupplier clock) {
        this.path = path;
        this.clock = clock;
    }

    @Override
    public Optional<KeySet> current() {
        look(CHECK_MILLIS);
        return keys;
    }

    @Override
    public Optional<KeySet> renewed() {
        look(EARLY_MILLIS);
        return keys;
    }

    private void look(long interval) {
        long now = clock.getAsLong();
        boolean tooSoon = lookedBefore && now >= lookedAt && now - lookedAt < interval;
        if (tooSoon) {
            return;
        }
        lookedBefore = true;
        lookedAt = now;
        try {
            readIfChanged();
        } catch (KeySetException e) {
            complain(e.getMessage());
        } catch (IOException | RuntimeException e) {
            // Looked at again next time: permissions change without changing the file.
            read = Optional.empty();
            complain("expected a file that can be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private void readIfChanged() throws IOException, KeySetException {
        BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
        Stamp stamp = Stamp.of(file);
        if (read.equals(Optional.of(stamp))) {
            return;
        }
        if (!file.isRegularFile() || file.size() > MOST_BYTES) {
            throw new KeySetException("expected a regular file of up to " + MOST_BYTES + " bytes");
        }
        String content = content();
        // The stamp was taken before reading: what is written meanwhile is read next time.
        read = Optional.of(stamp);
        KeySet found = KeySet.parse(content);
        keys = Optional.of(found);
        complaint = "";
        LOG.info("Key file {}: {} keys are in use from now on", path, found.size());
    }

    private String content() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
    }

    private void complain(String found) {
        if (found.equals(complaint)) {
            return;
        }
        complaint = found;
        LOG.warn(
                "Key file {}: {}; {} until it is mended",
                path,
                found,
                keys.isPresent() ? "the keys read before are used" : "no token can be judged");
    }
}
