package io.weir.core.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.topic.Topics;
import io.weir.schemas.CollectedEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Avro's own writer and reader are the oracles. */
class RecordCodecTest {

    private static final int RECORDS = 300;

    static Stream<Class<? extends SpecificRecord>> types() {
        return Stream.concat(
                Stream.of(CollectedEvent.class), Topics.all().stream().map(topic -> topic.type()));
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyRecordIsWrittenAsAvroWritesIt(Class<? extends SpecificRecord> type) throws IOException {
        Schema schema = Schemas.of(type);
        RecordEncoder encoder = new RecordEncoder(schema);
        ReusableOutput out = new ReusableOutput();
        RandomRecords random = new RandomRecords(new Random(7));
        for (int i = 0; i < RECORDS; i++) {
            SpecificRecord record = random.record(schema);

            encoder.write(record, out);

            assertThat(out.take()).as("%s", record).isEqualTo(avros(schema, record));
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyRecordIsReadAsAvroReadsIt(Class<? extends SpecificRecord> type) throws IOException {
        Schema schema = Schemas.of(type);
        RecordDecoder decoder = new RecordDecoder(schema);
        ReusableInput in = new ReusableInput();
        RandomRecords random = new RandomRecords(new Random(11));
        for (int i = 0; i < RECORDS; i++) {
            byte[] bytes = avros(schema, random.record(schema));

            in.over(bytes, 0);

            assertThat(decoder.read(in)).isEqualTo(avros(schema, bytes));
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void bytesThatAreNoRecordAreRefusedAndNeverRunOn(Class<? extends SpecificRecord> type) throws IOException {
        Schema schema = Schemas.of(type);
        RecordDecoder decoder = new RecordDecoder(schema);
        ReusableInput in = new ReusableInput();
        Random random = new Random(13);
        RandomRecords records = new RandomRecords(random);
        int refused = 0;
        for (int i = 0; i < RECORDS; i++) {
            byte[] whole = avros(schema, records.record(schema));
            byte[] broken = Arrays.copyOf(whole, random.nextInt(whole.length));
            if (broken.length > 0 && random.nextBoolean()) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            in.over(broken, 0);
            try {
                decoder.read(in);
            } catch (IllegalArgumentException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(RECORDS / 2);
    }

    @Test
    void aCollectionInSeveralBlocksIsReadWhole() {
        Schema schema = SchemaBuilder.array().items().longType();
        ReusableOutput out = new ReusableOutput();
        out.writeLong(2);
        out.writeLong(10);
        out.writeLong(11);
        // A negative count: the size in bytes comes before the elements.
        out.writeLong(-1);
        out.writeLong(1);
        out.writeLong(12);
        out.writeLong(0);
        ReusableInput in = new ReusableInput();
        in.over(out.take(), 0);

        assertThat(new RecordDecoder(schema).read(in)).isEqualTo(List.of(10L, 11L, 12L));
    }

    @Test
    void aSchemaThatItCannotWriteIsRefusedBeforeTheFirstRecord() {
        Schema schema = SchemaBuilder.record("Odd")
                .fields()
                .name("either")
                .type()
                .unionOf()
                .stringType()
                .and()
                .map()
                .values()
                .longType()
                .endUnion()
                .noDefault()
                .endRecord();

        assertThatThrownBy(() -> new RecordEncoder(schema))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No encoder for {\"type\":\"map\",\"values\":\"long\"}");
    }

    private static byte[] avros(Schema schema, SpecificRecord record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new SpecificDatumWriter<SpecificRecord>(schema).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static SpecificRecord avros(Schema schema, byte[] bytes) throws IOException {
        return new SpecificDatumReader<SpecificRecord>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    }
}
