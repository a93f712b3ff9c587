package io.weir.topology.tokens;

import io.weir.query.access.Token;
import io.weir.topology.files.FileException;
import io.weir.topology.yaml.ListFile;
import io.weir.topology.yaml.YamlFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens of a file that may change at any time:
 *
 * <pre>{@code
 * tokens:
 *   - name: dashboards
 *     sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
 *     scopes: [journeys:read, experiments:read]
 *   - name: merchant-17
 *     sha256: …
 *     scopes: ["adspend:read:m-17"]
 * }</pre>
 *
 * <p>It is looked at once a second while it is asked. While it is gone or wrong the tokens before are kept, and a warning is logged once: so
 * deleting it takes nothing away; an empty list does. Safe for many threads.
 */
public final class TokenFile {

    private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);
    private static final ListFile TOKENS = new ListFile("tokens", "tokens", 0);
    private static final long BETWEEN_LOOKS = 1_000_000_000L;

    private final Path path;
    private final LongSupplier nanos;
    private List<Token> tokens;
    private Optional<Stamp> read;
    private long lookedAt;

    /** What changes when a file does; the identity, where the file system has one, when it is replaced. */
    private record Stamp(FileTime modified, long size, Optional<Object> identity) {}

    /**
     * Reads a file.
     *
     * @throws FileException if it cannot be read
     * @throws YamlFileException with everything that is wrong in it
     */
    public TokenFile(Path path) {
        this(path, System::nanoTime);
    }

    TokenFile(Path path, LongSupplier nanos) {
        this.path = path;
        this.nanos = nanos;
        this.lookedAt = nanos.getAsLong();
        this.read = stamp();
        this.tokens = parse();
    }

    /** The tokens of now. */
    public synchronized List<Token> tokens() {
        long now = nanos.getAsLong();
        if (now - lookedAt >= BETWEEN_LOOKS) {
            lookedAt = now;
            look();
        }
        return tokens;
    }

    private void look() {
        Optional<Stamp> stamp = stamp();
        if (stamp.equals(read)) {
            return;
        }
        read = stamp;
        try {
            tokens = parse();
            LOG.info("{} tokens of {} count from now on", tokens.size(), path);
        } catch (FileException | YamlFileException e) {
            LOG.warn("The tokens of before still count: {}", e.getMessage());
        }
    }

    private List<Token> parse() {
        return TOKENS.read(path, problems -> new TokenReader(problems)::read);
    }

    private Optional<Stamp> stamp() {
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
            return Optional.of(new Stamp(file.lastModifiedTime(), file.size(), Optional.ofNullable(file.fileKey())));
        } catch (IOException e) {
            LOG.debug("{} cannot be looked at", path, e);
            return Optional.empty();
        }
    }
}
