package io.weir.topology.files;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

/**
 * A file of recorded events, one a line, plain or gzip. What can be wrong with it is found out before anything starts.
 *
 * @param path as the user wrote it
 * @param gzip whether it is compressed
 * @param size bytes on disk
 */
public record InputFile(Path path, boolean gzip, long size) {

    private static final int BUFFER = 64 * 1024;
    private static final int GZIP_MAGIC_1 = 0x1f;
    private static final int GZIP_MAGIC_2 = 0x8b;

    /**
     * Looks at files.
     *
     * @throws FileException if one is missing, a directory, unreadable, empty, or a {@code .gz} that is not one
     */
    public static List<InputFile> of(List<Path> paths) {
        return paths.stream().map(InputFile::of).toList();
    }

    private static InputFile of(Path path) {
        if (!Files.exists(path)) {
            throw new FileException(path + ": there is no such file");
        }
        if (Files.isDirectory(path)) {
            throw new FileException(path + ": expected a file of events, found a directory; name the files in it");
        }
        try {
            boolean gzip = beginsLikeGzip(path);
            if (path.toString().endsWith(".gz") && !gzip) {
                throw new FileException(path + ": expected gzip, as its name says, found something else"
                        + "; rename it if its lines are plain text");
            }
            InputFile file = new InputFile(path, gzip, Files.size(path));
            if (file.isEmpty()) {
                throw new FileException(path + ": expected one event a line, found an empty file");
            }
            return file;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /**
     * Opens the file for reading.
     *
     * @param consumed counts the bytes of the file that were read, for showing progress
     */
    public LineReader open(AtomicLong consumed) {
        try {
            return new LineReader(path, stream(consumed));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    static FileException unreadable(Path path, IOException e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new FileException(path + ": cannot be read (" + why + ")");
    }

    private static boolean beginsLikeGzip(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.read() == GZIP_MAGIC_1 && in.read() == GZIP_MAGIC_2;
        }
    }

    private boolean isEmpty() throws IOException {
        try (InputStream in = stream(new AtomicLong())) {
            return in.read() < 0;
        }
    }

    private InputStream stream(AtomicLong consumed) throws IOException {
        InputStream raw = new CountedInput(Files.newInputStream(path), consumed);
        try {
            return gzip ? new GZIPInputStream(raw, BUFFER) : new BufferedInputStream(raw, BUFFER);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }
}
