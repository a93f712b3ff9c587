package io.weir.topology.cli;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.weir.core.serde.RegistryUnavailableException;
import io.weir.core.serde.Schemas;
import io.weir.core.topic.Topic;
import java.io.IOException;
import java.util.List;

/** The schemas of our topics in a registry, subjects by topic name. */
final class Subjects {

    private static final String COMPATIBILITY = "FULL_TRANSITIVE";
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final SchemaRegistryClient client;

    Subjects(SchemaRegistryClient client) {
        this.client = client;
    }

    static String of(String topicName) {
        return topicName + "-value";
    }

    /**
     * Registers the schema of a topic's values, under the compatibility that all our schemas keep.
     *
     * @return its id
     * @throws CommandException if the registry refuses
     * @throws RegistryUnavailableException if it does not answer
     */
    int register(String subject, Topic<?> topic) {
        return ask(subject, () -> {
            int id = client.register(subject, new AvroSchema(Schemas.of(topic.type())));
            client.updateCompatibility(subject, COMPATIBILITY);
            return id;
        });
    }

    /**
     * What keeps our schema of a topic from being registered; empty if nothing does.
     *
     * @throws RegistryUnavailableException if the registry does not answer
     */
    List<String> problems(String subject, Topic<?> topic) {
        return ask(subject, () -> {
            try {
                client.getLatestSchemaMetadata(subject);
            } catch (RestClientException e) {
                if (e.getStatus() == NOT_FOUND) {
                    return List.<String>of();
                }
                throw e;
            }
            return client.testCompatibilityVerbose(subject, new AvroSchema(Schemas.of(topic.type())));
        });
    }

    private static <T> T ask(String subject, Question<T> question) {
        try {
            return question.ask();
        } catch (RestClientException e) {
            if (e.getStatus() == CONFLICT) {
                throw CommandException.failed("The registry refuses the schema of subject " + subject
                        + ", since it is not compatible with an earlier version: " + oneLine(e.getMessage()));
            }
            if (e.getStatus() / 100 == 4) {
                throw CommandException.failed("The registry refuses subject " + subject + " (" + oneLine(e.getMessage())
                        + "): check weir.registry.* and the rights of this user");
            }
            throw unavailable(e);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private static RegistryUnavailableException unavailable(Exception e) {
        return new RegistryUnavailableException(
                "The schema registry does not answer (" + oneLine(e.toString())
                        + "): check that it runs, and weir.registry.url.",
                e);
    }

    private static String oneLine(String text) {
        return text == null ? "no reason given" : text.replaceAll("\\s+", " ").strip();
    }

    @FunctionalInterface
    private interface Question<T> {

        T ask() throws IOException, RestClientException;
    }
}
