package io.weir.topology.cli;

import io.weir.core.serde.RegistryUnavailableException;
import io.weir.core.serde.SchemaNotRegisteredException;
import io.weir.core.settings.SettingsException;
import io.weir.embedded.EmbeddedBrokerException;
import io.weir.topology.batch.BatchException;
import io.weir.topology.control.ControlTopicException;
import io.weir.topology.files.FileException;
import io.weir.topology.runtime.StartException;
import io.weir.topology.terminal.Terminal;
import io.weir.topology.yaml.YamlFileException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Whatever goes wrong is one sentence on standard error; its cause is in the log, for who asks for it. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final Terminal terminal;

    Failures(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        say(oneLine(e.getMessage()) + "; see \"" + command + " --help\".");
        return ExitCodes.USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        LOG.debug("The command failed.", e);
        if (e instanceof ParameterException wrong) {
            return handleParseException(wrong, new String[0]);
        }
        if (e instanceof CommandException failure) {
            say(ended(failure.getMessage()));
            return failure.exitCode();
        }
        if (e instanceof YamlFileException wrong) {
            wrong.problems().forEach(problem -> say(ended(problem)));
            return ExitCodes.USAGE;
        }
        if (e instanceof SettingsException || e instanceof FileException) {
            say(ended(e.getMessage()));
            return ExitCodes.USAGE;
        }
        if (isForUsers(e)) {
            say(ended(oneLine(e.getMessage())));
        } else if (e instanceof KafkaException) {
            say("Kafka refused: " + ended(oneLine(e.getMessage())));
        } else if (e instanceof UncheckedIOException) {
            say("a file cannot be read or written (" + oneLine(e.getCause().toString()) + ").");
        } else {
            LOG.info("The command failed.", e);
            say("this is a fault of Weir (" + oneLine(e.toString())
                    + "); please report it with what --verbose prints.");
        }
        return ExitCodes.FAILED;
    }

    private static boolean isForUsers(Exception e) {
        return e instanceof StartException
                || e instanceof BatchException
                || e instanceof ControlTopicException
                || e instanceof EmbeddedBrokerException
                || e instanceof RegistryUnavailableException
                || e instanceof SchemaNotRegisteredException
                || e instanceof CancellationException;
    }

    private void say(String sentence) {
        terminal.out().flush();
        terminal.err().println("weir: " + sentence);
        terminal.err().flush();
    }

    private static String ended(String message) {
        return message.endsWith(".") || message.endsWith("?") ? message : message + ".";
    }

    private static String oneLine(String message) {
        return message == null ? "no reason given" : message.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
