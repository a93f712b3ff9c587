package io.weir.topology.cli;

import io.weir.topology.terminal.Terminal;
import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** The command line as a whole. */
public final class CommandLines {

    private CommandLines() {}

    /**
     * Runs a command.
     *
     * @return the exit code: 0 done, 1 failed, 2 bad usage
     */
    public static int execute(Terminal terminal, String... args) {
        return commands(terminal).execute(args);
    }

    static CommandLine commands(Terminal terminal) {
        InstantSource clock = InstantSource.system();
        CommandLine commands = new CommandLine(new WeirCommand(terminal))
                .addSubcommand(new DemoCommand(terminal, clock))
                .addSubcommand(new BatchCommand(terminal))
                .addSubcommand(new RunCommand(terminal, clock))
                .addSubcommand(new ReplayCommand(terminal, clock))
                .addSubcommand(group("topics", "The topics that Weir owns: create them, or check that they are there.")
                        .addSubcommand(new TopicsCreateCommand(terminal))
                        .addSubcommand(new TopicsCheckCommand(terminal)))
                .addSubcommand(group("schemas", "The schemas of those topics, and the tracking plan.")
                        .addSubcommand(new SchemasRegisterCommand(terminal))
                        .addSubcommand(new SchemasCheckCommand(terminal)))
                .addSubcommand(group("budgets", "What merchants pay, and at most in a day.")
                        .addSubcommand(new BudgetsApplyCommand(terminal, clock)))
                .addSubcommand(group("experiments", "What experiments compare, and by which metrics.")
                        .addSubcommand(new ExperimentsApplyCommand(terminal, clock)))
                .addSubcommand(group("rules", "What is fraud, and what becomes of it.")
                        .addSubcommand(new RulesApplyCommand(terminal, clock))
                        .addSubcommand(new RulesBacktestCommand(terminal)))
                .addSubcommand(group("verdicts", "What was found of events and visitors.")
                        .addSubcommand(new VerdictsClearCommand(terminal, clock)))
                .addSubcommand(group("dead-letters", "What intake refused.")
                        .addSubcommand(new DeadLettersReplayCommand(terminal)))
                .addSubcommand(new TrafficCommand(terminal))
                .addSubcommand(new TailCommand(terminal))
                .addSubcommand(new TopologyCommand(terminal));
        commands.setOut(terminal.out());
        commands.setErr(terminal.err());
        commands.setExecutionStrategy(CommandLines::run);
        commands.setParameterExceptionHandler(new Failures(terminal));
        commands.setExecutionExceptionHandler(new Failures(terminal));
        return commands;
    }

    private static int run(ParseResult parsed) {
        ParseResult command = parsed;
        while (command.hasSubcommand()) {
            command = command.subcommand();
        }
        boolean logs =
                command.commandSpec().userObject() instanceof RunCommand || command.hasMatchedOption("--verbose");
        if (!logs) {
            Logs.off();
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static CommandLine group(String name, String description) {
        CommandLine group = new CommandLine(new CommandGroup());
        group.setCommandName(name);
        group.getCommandSpec().usageMessage().description(description);
        return group;
    }
}
