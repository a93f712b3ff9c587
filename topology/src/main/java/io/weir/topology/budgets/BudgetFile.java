package io.weir.topology.budgets;

import io.weir.schemas.MerchantBudget;
import io.weir.topology.files.FileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Budgets as people write them: YAML, with amounts in units of the currency. Amounts are read from the text itself, never
 * through a floating-point number.
 *
 * <pre>{@code
 * merchants:
 *   - merchant_id: m-17
 *     currency: IDR
 *     time_zone: Asia/Jakarta
 *     daily_cap: 1500000
 *     cpc: 250.5
 *     cpm: 4000
 *     cpcv: 12
 *     effective_from: 2026-11-22T08:00:00Z
 *     version: 7
 *     campaigns:
 *       lunch: {daily_cap: 400000, cpc: 300}
 * }</pre>
 *
 * <p>Only {@code merchant_id}, {@code currency} and {@code time_zone} must be there.
 */
public final class BudgetFile {

    /** Room for some 100 000 merchants; what is larger was hardly meant. */
    private static final int LARGEST_MIB = 16;

    private static final int LARGEST = LARGEST_MIB * 1024 * 1024;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private BudgetFile() {}

    /**
     * Reads a file.
     *
     * @param version of a budget for which the file gives none
     * @throws FileException if it is missing, a directory, unreadable or larger than 16 MiB
     * @throws BudgetFileException with everything that is wrong in it
     */
    public static List<MerchantBudget> read(Path path, long version) {
        if (!Files.exists(path)) {
            throw new FileException(path + ": there is no such file");
        }
        if (Files.isDirectory(path)) {
            throw new FileException(path + ": expected a file of budgets, found a directory");
        }
        return parse(path.toString(), bytes(path), version);
    }

    /** @param file how problems name it */
    static List<MerchantBudget> parse(String file, byte[] bytes, long version) {
        Problems problems = new Problems(file);
        Value root = StrictYaml.read(text(bytes, problems), problems);
        List<MerchantBudget> budgets = new BudgetReader(version, problems).read(root);
        problems.throwIfAny();
        return budgets;
    }

    private static byte[] bytes(Path path) {
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

    /** @throws BudgetFileException if the bytes are not a text that YAML can be written in */
    private static String text(byte[] bytes, Problems problems) {
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
