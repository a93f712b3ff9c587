package io.weir.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every schema of the contract keeps to. */
class SchemaRulesTest {

    private static final Path HISTORY = Path.of("history");

    static Stream<Schema> contracts() {
        return Stream.of(
                Event.getClassSchema(),
                CollectedEvent.getClassSchema(),
                DeadLetter.getClassSchema(),
                EventQuality.getClassSchema(),
                QualityAlert.getClassSchema(),
                Session.getClassSchema(),
                VisitorIdentities.getClassSchema(),
                MerchantBudget.getClassSchema(),
                Verdict.getClassSchema(),
                AdInteraction.getClassSchema(),
                AdCounts.getClassSchema(),
                CapStatus.getClassSchema(),
                SpendNotice.getClassSchema(),
                LedgerEntry.getClassSchema(),
                Statement.getClassSchema(),
                ExperimentDefinition.getClassSchema(),
                ExperimentResults.getClassSchema(),
                ExperimentAlert.getClassSchema(),
                FraudRule.getClassSchema(),
                FraudList.getClassSchema(),
                FraudAlert.getClassSchema());
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void everyFieldSaysWhatItIsAndEveryEnumHasADefault(Schema contract) {
        assertDocumented(contract);
    }

    /** To change a schema, add the next version to the history; the earlier ones stay as they are. */
    @ParameterizedTest
    @MethodSource("contracts")
    void theNewestKeptVersionIsTheSchemaInForce(Schema contract) throws IOException {
        List<Schema> versions = versions(contract);

        assertThat(SchemaFormatter.format("json/pretty", versions.get(versions.size() - 1)))
                .isEqualTo(SchemaFormatter.format("json/pretty", contract));
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void everyVersionReadsEveryOther(Schema contract) throws IOException {
        List<Schema> versions = versions(contract);

        for (Schema reader : versions) {
            for (Schema writer : versions) {
                assertThat(SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                                .getType())
                        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
            }
        }
    }

    @Test
    void anEventHasOneNullablePayloadForEachKind() {
        List<String> kinds = Stream.of(EventKind.values())
                .filter(kind -> kind != EventKind.unknown)
                .map(Enum::name)
                .toList();

        assertThat(kinds)
                .allSatisfy(kind -> assertThat(
                                Event.getClassSchema().getField(kind).schema().isNullable())
                        .isTrue());
    }

    private static List<Schema> versions(Schema contract) throws IOException {
        try (Stream<Path> files = Files.list(HISTORY.resolve(contract.getName()))) {
            return files.sorted(Comparator.comparingInt(SchemaRulesTest::number))
                    .map(SchemaRulesTest::parse)
                    .toList();
        }
    }

    private static int number(Path file) {
        return Integer.parseInt(file.getFileName().toString().replace(".avsc", ""));
    }

    private static Schema parse(Path file) {
        try {
            return new Schema.Parser().parse(Files.readString(file));
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }

    private static void assertDocumented(Schema schema) {
        switch (schema.getType()) {
            case RECORD -> {
                assertThat(schema.getDoc()).as(schema.getName()).isNotBlank();
                for (Schema.Field field : schema.getFields()) {
                    assertThat(field.doc())
                            .as(schema.getName() + "." + field.name())
                            .isNotBlank();
                    assertDocumented(field.schema());
                }
            }
            case ENUM ->
                assertThat(schema.getEnumDefault()).as(schema.getName()).isEqualToIgnoringCase("unknown");
            case UNION -> schema.getTypes().forEach(SchemaRulesTest::assertDocumented);
            case ARRAY -> assertDocumented(schema.getElementType());
            case MAP -> assertDocumented(schema.getValueType());
            default -> assertThat(schema.getType()).isNotEqualTo(Schema.Type.FIXED);
        }
    }
}
