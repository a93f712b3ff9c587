package io.weir.topology.batch;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Lines of a file in the order of their records: key (as unsigned bytes, a missing one first), record time, partition,
 * offset. Sorts 64 MiB at a time and merges, so that the size of a topic does not matter.
 */
final class SortedLines implements AutoCloseable {

    private static final int BUFFER = 256 * 1024;
    private static final long RUN_BYTES = 64L * 1024 * 1024;
    /** What a line costs in memory beside its bytes. */
    private static final int OVERHEAD = 120;

    private static final Comparator<Line> ORDER = Comparator.comparing(Line::key, Arrays::compareUnsigned)
            .thenComparingLong(Line::time)
            .thenComparingInt(Line::partition)
            .thenComparingLong(Line::offset);

    private final Path directory;
    private final long runBytes;
    private final List<Path> runs = new ArrayList<>();
    private List<Line> current = new ArrayList<>();
    private long currentBytes;

    /** One line: where it belongs and its text in UTF-8 without the line break. */
    @SuppressWarnings("ArrayRecordComponent") // Lines are sorted, never compared for equality.
    record Line(byte[] key, long time, int partition, long offset, byte[] text) {

        private void write(DataOutputStream out) throws IOException {
            out.writeInt(key.length);
            out.write(key);
            out.writeLong(time);
            out.writeInt(partition);
            out.writeLong(offset);
            out.writeInt(text.length);
            out.write(text);
        }

        private static Line read(DataInputStream in) throws IOException {
            byte[] key;
            try {
                key = new byte[in.readInt()];
            } catch (EOFException e) {
                return null;
            }
            in.readFully(key);
            long time = in.readLong();
            int partition = in.readInt();
            long offset = in.readLong();
            byte[] text = new byte[in.readInt()];
            in.readFully(text);
            return new Line(key, time, partition, offset, text);
        }
    }

    /** @param directory for files that are needed meanwhile */
    SortedLines(Path directory) {
        this(directory, RUN_BYTES);
    }

    SortedLines(Path directory, long runBytes) {
        this.directory = directory;
        this.runBytes = runBytes;
    }

    void add(Line line) {
        current.add(line);
        currentBytes += line.key().length + line.text().length + OVERHEAD;
        if (currentBytes > runBytes) {
            spill();
        }
    }

    /** Writes all lines, each with a line break. */
    void writeTo(Path file) {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
            if (runs.isEmpty()) {
                current.sort(ORDER);
                for (Line line : current) {
                    append(line, out);
                }
            } else {
                spill();
                merge(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        for (Path run : runs) {
            try {
                Files.deleteIfExists(run);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void spill() {
        current.sort(ORDER);
        try {
            Path run = Files.createTempFile(directory, "lines-", ".run");
            runs.add(run);
            try (DataOutputStream out =
                    new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(run), BUFFER))) {
                for (Line line : current) {
                    line.write(out);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        current = new ArrayList<>();
        currentBytes = 0;
    }

    private void merge(OutputStream out) throws IOException {
        List<Run> open = new ArrayList<>();
        try {
            PriorityQueue<Run> heads = new PriorityQueue<>(Comparator.comparing(Run::head, ORDER));
            for (Path path : runs) {
                Run run = new Run(path);
                open.add(run);
                if (run.advance()) {
                    heads.add(run);
                }
            }
            while (!heads.isEmpty()) {
                Run first = heads.poll();
                append(first.head(), out);
                if (first.advance()) {
                    heads.add(first);
                }
            }
        } finally {
            for (Run run : open) {
                run.in.close();
            }
        }
    }

    private static void append(Line line, OutputStream out) throws IOException {
        out.write(line.text());
        out.write('\n');
    }

    private static final class Run {

        private final DataInputStream in;
        private Line head;

        Run(Path path) throws IOException {
            in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path), BUFFER));
        }

        Line head() {
            return head;
        }

        boolean advance() throws IOException {
            head = Line.read(in);
            return head != null;
        }
    }
}
