package io.weir.benchmarks;

import io.weir.core.feature.Build;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** A table of figures, and the same as JSON with what they were measured on. Every row has the columns of the first. */
final class Report {

    private final String name;
    private final List<Map<String, Object>> rows = new ArrayList<>();

    /** @param name of its files */
    Report(String name) {
        this.name = name;
    }

    /** One more row, printed at once: what comes later may fail. */
    void add(Map<String, Object> row) {
        if (rows.isEmpty()) {
            System.out.print(header(row));
        }
        rows.add(row);
        System.out.print(line(row));
    }

    /** Writes {@code name.md} and {@code name.json}. */
    void write(Path folder, Map<String, Object> settings) throws IOException {
        if (rows.isEmpty()) {
            throw new IllegalStateException(name + ": nothing was measured");
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("date", Instant.now().toString());
        all.put("weir", Build.version());
        all.put("java", Runtime.version().toString());
        all.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        all.put("cores", Runtime.getRuntime().availableProcessors());
        all.put("settings", settings);
        all.put("rows", rows);
        Files.writeString(
                folder.resolve(name + ".json"),
                JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
        Files.writeString(
                folder.resolve(name + ".md"),
                header(rows.get(0)) + rows.stream().map(Report::line).collect(Collectors.joining()));
    }

    private static String header(Map<String, Object> row) {
        return "| " + String.join(" | ", row.keySet()) + " |\n|---" + "|---:".repeat(row.size() - 1) + "|\n";
    }

    private static String line(Map<String, Object> row) {
        return row.values().stream().map(Report::text).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String text(Object value) {
        if (value instanceof Double number) {
            return String.format(Locale.ROOT, Math.abs(number) < 100 ? "%.1f" : "%,.0f", number);
        }
        return value instanceof Long number ? String.format(Locale.ROOT, "%,d", number) : String.valueOf(value);
    }
}
