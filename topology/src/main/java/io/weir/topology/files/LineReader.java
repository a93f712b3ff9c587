package io.weir.topology.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Lines as the bytes they are: what is not UTF-8 or not JSON must reach a dead letter unchanged. Lines end with LF or
 * CR LF; blank ones are left out.
 */
public final class LineReader implements AutoCloseable {

    /** A message of more than 48 MiB does not fit into a record, with the room a dead letter needs around it. */
    public static final int LONGEST = 48 * 1024 * 1024;

    private static final int BUFFER = 256 * 1024;

    private final Path path;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private int position;
    private int limit;
    private long line;

    LineReader(Path path, InputStream in) {
        this.path = path;
        this.in = in;
    }

    /**
     * The next line that is not blank, or null at the end of the file.
     *
     * @throws FileException if the file is cut off or cannot be read, or a line is longer than {@link #LONGEST}
     */
    public byte[] next() {
        try {
            byte[] next = read();
            while (next != null && isBlank(next)) {
                next = read();
            }
            return next;
        } catch (IOException e) {
            throw new FileException(path + ": cannot be read after line " + line + " (" + e.getMessage()
                    + "); the file is damaged or cut off");
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw InputFile.unreadable(path, e);
        }
    }

    private byte[] read() throws IOException {
        begun.reset();
        while (true) {
            if (position == limit && !fill()) {
                return begun.size() == 0 ? null : ended();
            }
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            begun.write(buffer, position, end - position);
            if (begun.size() > LONGEST) {
                throw new FileException(path + ": line " + (line + 1) + " is longer than " + LONGEST / 1024 / 1024
                        + " MiB, which no topic takes; is it one event a line?");
            }
            position = Math.min(end + 1, limit);
            if (end < limit) {
                return ended();
            }
        }
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(in.read(buffer), 0);
        return limit > 0;
    }

    private byte[] ended() {
        line++;
        byte[] bytes = begun.toByteArray();
        if (bytes.length > 0 && bytes[bytes.length - 1] == '\r') {
            byte[] shorter = new byte[bytes.length - 1];
            System.arraycopy(bytes, 0, shorter, 0, shorter.length);
            return shorter;
        }
        return bytes;
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte each : bytes) {
            if (each != ' ' && each != '\t') {
                return false;
            }
        }
        return true;
    }
}
