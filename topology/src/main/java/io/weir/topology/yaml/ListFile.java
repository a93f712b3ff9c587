package io.weir.topology.yaml;

import io.weir.topology.files.FileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A kind of file: a mapping with a single key, under which is a list.
 *
 * @param key of the list
 * @param content what the list is of, such as {@code budgets}
 * @param least so many at least
 */
public record ListFile(String key, String content, int least) {

    /** One that is not empty. */
    public ListFile(String key, String content) {
        this(key, content, 1);
    }

    /**
     * Reads a file.
     *
     * @param reader given where to note problems, reads an item of the list; nothing if it is wrong
     * @throws FileException if it is missing, a directory, unreadable or larger than 16 MiB
     * @throws YamlFileException with everything that is wrong in it
     */
    public <T> List<T> read(Path path, Function<Problems, Function<Field, Optional<T>>> reader) {
        if (!Files.exists(path)) {
            throw new FileException(path + ": there is no such file");
        }
        if (Files.isDirectory(path)) {
            throw new FileException(path + ": expected a file of " + content + ", found a directory");
        }
        return parse(path.toString(), YamlText.bytes(path), reader);
    }

    /**
     * Reads what is in a file.
     *
     * @param file how problems name it
     * @param reader as for a file
     * @throws YamlFileException with everything that is wrong in it
     */
    public <T> List<T> parse(String file, byte[] bytes, Function<Problems, Function<Field, Optional<T>>> reader) {
        Problems problems = new Problems(file);
        Value root = StrictYaml.read(YamlText.of(bytes, problems), expected(), problems);
        List<T> read = items(new Field("", root), reader.apply(problems), problems);
        problems.throwIfAny();
        return read;
    }

    /** In the order of the file; not all of them if there are problems. */
    private <T> List<T> items(Field file, Function<Field, Optional<T>> reader, Problems problems) {
        Values values = new Values(problems);
        if (file.mapping().isEmpty()) {
            values.wrong(file, expected());
            return List.of();
        }
        Field list =
                Entries.of(file.mapping().get(), "", List.of(key), problems).get(key);
        List<T> read = new ArrayList<>();
        for (Value item : values.items(list, "a list of " + content, least, Integer.MAX_VALUE)) {
            reader.apply(new Field(key, item)).ifPresent(read::add);
        }
        return read;
    }

    private String expected() {
        return "a mapping with the key " + key;
    }
}
