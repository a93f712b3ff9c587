package io.weir.benchmarks.steps;

import io.weir.core.serde.AvroSerdes;
import io.weir.schemas.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An event to bytes and back: by our codec, which is compiled from the schema, and by Avro's generic one. */
@State(Scope.Thread)
public class EventCodecBenchmark {

    private static final String TOPIC = "events";
    /** Confluent's magic byte and the id of the schema. */
    private static final int HEADER = 5;

    private final List<Event> events = SampleEvents.events();
    private final List<byte[]> encoded = new ArrayList<>();
    private final List<GenericRecord> records = new ArrayList<>();
    private final GenericDatumWriter<GenericRecord> writer = new GenericDatumWriter<>(Event.getClassSchema());
    private final GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>(Event.getClassSchema());
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private BinaryEncoder encoder;
    private BinaryDecoder decoder;
    private Serializer<Event> serializer;
    private Deserializer<Event> deserializer;
    private int next;

    /** Encodes all once. */
    @Setup
    public void prepare() throws IOException {
        AvroSerdes serdes = SampleEvents.serdes();
        serializer = serdes.serializer(Event.class);
        deserializer = serdes.deserializer(Event.class);
        for (Event event : events) {
            byte[] value = serializer.serialize(TOPIC, event);
            encoded.add(value);
            records.add(generic(value));
        }
    }

    /** Our encoder. */
    @Benchmark
    public byte[] encode() {
        return serializer.serialize(TOPIC, events.get(advance()));
    }

    /** Our decoder. */
    @Benchmark
    public Event decode() {
        return deserializer.deserialize(TOPIC, encoded.get(advance()));
    }

    /** Avro's. */
    @Benchmark
    public byte[] encodeGeneric() throws IOException {
        bytes.reset();
        encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
        writer.write(records.get(advance()), encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    /** Avro's. */
    @Benchmark
    public GenericRecord decodeGeneric() throws IOException {
        return generic(encoded.get(advance()));
    }

    private GenericRecord generic(byte[] value) throws IOException {
        decoder = DecoderFactory.get().binaryDecoder(value, HEADER, value.length - HEADER, decoder);
        return reader.read(null, decoder);
    }

    private int advance() {
        next = (next + 1) % events.size();
        return next;
    }
}
