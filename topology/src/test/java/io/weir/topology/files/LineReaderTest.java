package io.weir.topology.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineReaderTest {

    @TempDir
    Path directory;

    @Test
    void blankLinesAndLineEndsAreNoPartOfMessages() throws IOException {
        Path file = Files.writeString(directory.resolve("a.ndjson"), "one\r\n\n  \ntwo\nthree");

        assertThat(lines(file)).containsExactly("one", "two", "three");
    }

    @Test
    void bytesThatAreNotTextStayAsTheyAre() throws IOException {
        byte[] line = {(byte) 0xff, 0, '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80};
        Path file = Files.write(directory.resolve("a.ndjson"), line);

        try (LineReader reader = InputFile.of(List.of(file)).get(0).open(new AtomicLong())) {
            assertThat(reader.next()).isEqualTo(line);
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void lineMayBeLongerThanTheBuffer() throws IOException {
        String longLine = "x".repeat(1_000_000);
        Path file = Files.writeString(directory.resolve("a.ndjson"), "a\n" + longLine + "\nb\n");

        assertThat(lines(file)).containsExactly("a", longLine, "b");
    }

    @Test
    void gzipIsKnownByItsBytesNotByItsName() throws IOException {
        Path file = Files.write(directory.resolve("a.ndjson"), gzip("one\ntwo\n"));

        assertThat(lines(file)).containsExactly("one", "two");
    }

    @Test
    void gzipThatIsCutOffIsSaidToBe() throws IOException {
        byte[] whole = gzip("line\n".repeat(100_000));
        Path file = Files.write(directory.resolve("a.ndjson.gz"), Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> lines(file))
                .isInstanceOf(FileException.class)
                .hasMessageMatching("\\Q" + file + "\\E: cannot be read after line \\d+ \\(.*\\);"
                        + " the file is damaged or cut off");
    }

    private static List<String> lines(Path file) {
        List<String> lines = new ArrayList<>();
        try (LineReader reader = InputFile.of(List.of(file)).get(0).open(new AtomicLong())) {
            for (byte[] line = reader.next(); line != null; line = reader.next()) {
                lines.add(new String(line, StandardCharsets.UTF_8));
            }
        }
        return lines;
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
