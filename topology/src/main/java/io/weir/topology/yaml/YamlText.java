package io.weir.topology.yaml;

import io.weir.topology.files.FileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yaml.snakeyaml.reader.StreamReader;

/** The text of a file, as far as YAML can be written in it. */
final class YamlText {

    /** Room for some 100 000 merchants; what is larger was hardly meant. */
    private static final int LARGEST_MIB = 16;

    private static final int LARGEST = LARGEST_MIB * 1024 * 1024;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private YamlText() {}

    /** @throws FileException if the file is unreadable or larger than 16 MiB */
    static byte[] bytes(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new FileException(path + ": expected at most " + LARGEST_MIB + " MiB, found more");
            }
            return bytes;
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new FileException(path + ": cannot be read (" + why + ")");
        }
    }

    /** @throws YamlFileException if the bytes are not a text that YAML can be written in */
    static String of(byte[] bytes, Problems problems) {
        CharBuffer decoded = CharBuffer.allocate(bytes.length);
        boolean malformed = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes), decoded, true)
                .isError();
        String text = decoded.flip().toString();
        if (text.indexOf(BYTE_ORDER_MARK) == 0) {
            text = text.substring(1);
        }
        int readable = readable(text);
        if (readable < text.length()) {
            String found = "\\u%04x".formatted(text.codePointAt(readable));
            throw problems.with(
                    Position.endOf(text.substring(0, readable)), "expected YAML, found the control character " + found);
        }
        if (malformed) {
            throw problems.with(Position.endOf(text), "expected UTF-8, found other bytes");
        }
        return text;
    }

    /** The length of what YAML can read. */
    private static int readable(String text) {
        int index = 0;
        while (index < text.length() && StreamReader.isPrintable(text.codePointAt(index))) {
            index += Character.charCount(text.codePointAt(index));
        }
        return index;
    }
}
