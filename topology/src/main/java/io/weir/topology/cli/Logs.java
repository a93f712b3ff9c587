package io.weir.topology.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** How much is logged: the service logs, commands speak for themselves. */
final class Logs {

    private Logs() {}

    /** Nothing: what goes wrong is the one sentence of the command. */
    static void off() {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (factory instanceof LoggerContext context) {
            for (Logger logger : context.getLoggerList()) {
                if (logger.getLevel() != null) {
                    logger.setLevel(Level.OFF);
                }
            }
        }
    }
}
