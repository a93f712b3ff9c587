package io.weir.topology.cli;

import io.weir.core.settings.Settings;
import io.weir.core.topic.Topic;
import io.weir.intake.admission.AdmissionSettings;
import io.weir.intake.admission.plan.PlanCheck;
import io.weir.intake.admission.plan.PlanFolder;
import io.weir.topology.files.InputFile;
import io.weir.topology.terminal.ProgressBar;
import io.weir.topology.terminal.Terminal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the CI of a team that owns events calls. */
@Command(
        name = "check",
        description = {
            "Checks the tracking plan (every schema is valid, its examples pass, its counter-examples fail) and the schemas"
                    + " of our topics (compatible with what is in the registry).",
            "With --against, recorded events are tried: those that the plan in use accepts and the plan given would refuse"
                    + " are listed, and the check fails if there are any."
        })
final class SchemasCheckCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(
            names = "--plan",
            paramLabel = "DIR",
            description = "Folder of a tracking plan, or builtin:shop. Without it: weir.intake.tracking-plan.")
    Optional<String> plan = Optional.empty();

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description = "Recorded events (NDJSON in Segment's spec, or its .gz).")
    Optional<Path> against = Optional.empty();

    @Option(names = "--offline", description = "Do not ask the schema registry.")
    boolean offline;

    private final Terminal terminal;

    SchemasCheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Settings today = settings(Map.of());
        Settings tomorrow = settings(plan.map(folder -> Map.of(AdmissionSettings.TRACKING_PLAN.key(), folder))
                .orElse(Map.of()));
        List<InputFile> recorded = InputFile.of(against.stream().toList());
        Connection connection = Connection.of(today);
        List<String> problems = new ArrayList<>(checkPlan(tomorrow));
        if (!offline) {
            problems.addAll(checkRegistry(connection));
        }
        if (problems.isEmpty() && !recorded.isEmpty()) {
            problems.addAll(tryEvents(recorded.get(0), today, tomorrow, connection));
        }
        problems.forEach(terminal.out()::println);
        terminal.out().flush();
        if (!problems.isEmpty()) {
            throw CommandException.failed("The check found " + problems.size()
                    + (problems.size() == 1 ? " problem, which is listed above" : " problems, which are listed above"));
        }
        return ExitCodes.DONE;
    }

    /** Recorded events are of any age, and nothing that is hashed here leaves the process. */
    private Settings settings(Map<String, String> forced) {
        Map<String, String> profile = Map.of(
                AdmissionSettings.TIME_BOUNDS.key(), "recorded",
                AdmissionSettings.HASH_KEY.key(), "weir-schemas-check");
        return common.settings(profile, forced);
    }

    private List<String> checkPlan(Settings settings) {
        Optional<PlanFolder> folder = PlanFolder.named(settings.get(AdmissionSettings.TRACKING_PLAN));
        if (folder.isEmpty()) {
            terminal.out().println("tracking plan: none");
            return List.of();
        }
        PlanCheck check = PlanCheck.of(folder.get());
        terminal.out()
                .println("tracking plan %s: %d events, %d schemas, %d examples, %d counter-examples"
                        .formatted(
                                folder.get().name(),
                                check.events(),
                                check.schemas(),
                                check.examples(),
                                check.counterExamples()));
        return check.findings();
    }

    private List<String> checkRegistry(Connection connection) {
        Subjects subjects = new Subjects(connection.serdes().registry().client());
        List<String> problems = new ArrayList<>();
        for (Topic<?> topic : connection.topics().owned()) {
            String subject = Subjects.of(connection.topics().name(topic));
            subjects.problems(subject, topic).forEach(problem -> problems.add(subject + ": " + problem));
        }
        terminal.out().println("registry: " + connection.topics().owned().size() + " subjects");
        return problems;
    }

    private List<String> tryEvents(InputFile file, Settings today, Settings tomorrow, Connection connection) {
        try (ContractTrial trial = new ContractTrial(today, tomorrow, connection.serdes());
                ProgressBar progress = terminal.progress("trying")) {
            trial.run(file, progress);
            terminal.out().println(Terminal.grouped(trial.events()) + " recorded events");
            return trial.newlyRefused().entrySet().stream()
                    .map(refused -> Terminal.grouped(refused.getValue()) + " newly refused: " + refused.getKey())
                    .toList();
        }
    }
}
