package io.weir.intake.admission.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A tracking plan in a folder of the file system. Links are followed: a mounted configuration is one. */
record DirectoryPlanFolder(Path folder) implements PlanFolder {

    private static final int DEEPEST = 4;

    @Override
    public Optional<byte[]> read(String file) {
        Path path = folder.resolve(file).normalize();
        if (!path.startsWith(folder.normalize())) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAllBytes(path));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> files() {
        return walk().stream()
                .map(path -> folder.relativize(path).toString().replace('\\', '/'))
                .sorted()
                .toList();
    }

    @Override
    public String fingerprint() {
        return walk().stream().map(DirectoryPlanFolder::stamp).sorted().collect(Collectors.joining("\n"));
    }

    @Override
    public String name() {
        return folder.toString();
    }

    private List<Path> walk() {
        try (Stream<Path> paths = Files.walk(folder, DEEPEST, java.nio.file.FileVisitOption.FOLLOW_LINKS)) {
            return paths.filter(path -> path.toString().endsWith(".json") && Files.isRegularFile(path))
                    .filter(path -> !folder.relativize(path).toString().startsWith("."))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private static String stamp(Path path) {
        try {
            return path + " " + Files.size(path) + " "
                    + Files.getLastModifiedTime(path).toMillis();
        } catch (IOException e) {
            return path + " gone";
        }
    }
}
