package io.weir.core.serde;

import io.confluent.kafka.schemaregistry.SchemaProvider;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.weir.schemas.DeadLetterReason;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/** Schemas by id and ids by schema, remembered: a registry is asked once for each. Safe for many threads. */
public final class SchemaRegistry {

    private static final int HTTP_NOT_FOUND = 404;
    /** How many schemas the client remembers for a subject; Weir writes one, and reads a handful of versions. */
    private static final int REMEMBERED_PER_SUBJECT = 1_000;

    private final SchemaRegistryClient client;
    private final boolean register;
    private final Map<Integer, Schema> byId = new ConcurrentHashMap<>();

    /**
     * Opens a registry; nothing is asked of it yet.
     *
     * @param url {@code http(s)://…}, several separated by commas, or {@code mock://<scope>} for one inside this process
     * @param properties settings of Confluent's client, such as {@code basic.auth.user.info}
     * @param register whether to register the schemas of what is written (demo, batch and tests), or to demand that
     *     they are there
     */
    public SchemaRegistry(String url, Map<String, String> properties, boolean register) {
        List<SchemaProvider> providers = List.of(new AvroSchemaProvider());
        this.client = SchemaRegistryClientFactory.newClient(
                List.of(url.split(",")), REMEMBERED_PER_SUBJECT, providers, properties, Map.of());
        this.register = register;
    }

    /** Confluent's own client, for commands that register and check. */
    public SchemaRegistryClient client() {
        return client;
    }

    /**
     * The schema that something was written with.
     *
     * @throws UnreadableRecordException if the registry does not know the id
     * @throws RegistryUnavailableException if it does not answer
     */
    public Schema writtenWith(int id) {
        Schema known = byId.get(id);
        return known != null ? known : ask(id);
    }

    /**
     * The id under which a subject has a schema.
     *
     * @throws RegistryUnavailableException if the registry does not answer
     * @throws SchemaNotRegisteredException if it has no such schema, and schemas are not registered automatically
     */
    public int id(String subject, Schema schema) {
        try {
            AvroSchema parsed = new AvroSchema(schema);
            return register ? client.register(subject, parsed) : client.getId(subject, parsed);
        } catch (RestClientException e) {
            if (e.getStatus() == HTTP_NOT_FOUND) {
                throw new SchemaNotRegisteredException(subject);
            }
            throw unavailable(e);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private Schema ask(int id) {
        try {
            Schema schema = (Schema) client.getSchemaById(id).rawSchema();
            byId.put(id, schema);
            return schema;
        } catch (RestClientException e) {
            if (e.getStatus() == HTTP_NOT_FOUND) {
                throw new UnreadableRecordException(
                        DeadLetterReason.UNKNOWN_SCHEMA, "The schema registry has no schema with id " + id + ".");
            }
            throw unavailable(e);
        } catch (ClassCastException e) {
            throw new UnreadableRecordException(
                    DeadLetterReason.INCOMPATIBLE_SCHEMA, "The schema with id " + id + " is not an Avro schema.");
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private static RegistryUnavailableException unavailable(Exception e) {
        return new RegistryUnavailableException("The schema registry does not answer: " + e.getMessage(), e);
    }
}
