package io.weir.it;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.weir.schemas.CollectedEvent;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Messages of a collector that writes Avro under a subject of its own choice. */
final class CollectedMessages {
    private static final String SUBJECT = "collector-of-our-own";

    private final SchemaRegistryClient registry;

    CollectedMessages(Cluster cluster) {
        this.registry = new CachedSchemaRegistryClient(cluster.registry().url(), 10);
    }

    /** A page view of now. */
    byte[] pageView(String eventId, String visitorId) {
        Schema schema = CollectedEvent.getClassSchema();
        return inWireFormat(register(schema), pageView(schema, eventId, visitorId));
    }

    /** The same, of a schema that no message had before, with a field that Weir does not know. */
    byte[] pageViewOfNewerSchema(String eventId, String visitorId) {
        Schema known = CollectedEvent.getClassSchema();
        List<Schema.Field> fields = new ArrayList<>();
        known.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        Schema optional = Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING));
        fields.add(new Schema.Field(
                "added_" + eventId.replace('-', '_'), optional, "What is new.", Schema.Field.NULL_DEFAULT_VALUE));
        Schema newer =
                Schema.createRecord(known.getName(), known.getDoc(), known.getNamespace(), known.isError(), fields);
        return inWireFormat(register(newer), pageView(newer, eventId, visitorId));
    }

    private int register(Schema schema) {
        return register(schema, SUBJECT);
    }

    /** The id of a schema under a subject, which is registered if it is not. */
    int register(Schema schema, String subject) {
        try {
            return registry.register(subject, new AvroSchema(schema));
        } catch (RestClientException e) {
            throw new IllegalStateException("The registry refuses the schema.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A record as Confluent's serializers write it. */
    static byte[] inWireFormat(int schemaId, GenericRecord record) {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                DataOutputStream data = new DataOutputStream(bytes)) {
            data.writeByte(0);
            data.writeInt(schemaId);
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(data, null);
            new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GenericRecord pageView(Schema schema, String eventId, String visitorId) {
        Schema payload = schema.getField("page_view").schema().getTypes().get(1);
        GenericRecord view = new GenericData.Record(payload);
        for (Schema.Field field : payload.getFields()) {
            view.put(field.name(), GenericData.get().getDefaultValue(field));
        }
        GenericRecord record = new GenericData.Record(schema);
        record.put("event_id", eventId);
        record.put("visitor_id", visitorId);
        record.put("occurred_at", Instant.now().toEpochMilli());
        record.put("page_view", view);
        return record;
    }
}
