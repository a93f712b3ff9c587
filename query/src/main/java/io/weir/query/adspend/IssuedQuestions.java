package io.weir.query.adspend;

import io.weir.adspend.merchant.IssuedReads;
import io.weir.adspend.merchant.IssuedReads.Page;
import io.weir.core.json.AvroJson;
import io.weir.core.serde.KeptRecords;
import io.weir.query.ask.Arguments;
import io.weir.query.ask.Question;
import io.weir.query.state.Partition;
import io.weir.schemas.LedgerEntry;
import io.weir.schemas.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the partitions of merchants answer of what was given out for them.
 *
 * @param statementRecords as statements are kept
 * @param ledgerRecords as entries of the ledger are kept
 */
public record IssuedQuestions(KeptRecords<Statement> statementRecords, KeptRecords<LedgerEntry> ledgerRecords) {

    private static final JsonMapper JSON = new JsonMapper();

    List<Question> all() {
        return List.of(statements(), ledger());
    }

    /** Statements by day. Arguments: merchant, from, to, most. */
    Question statements() {
        return new Question("statements", "adspend", IssuedReads.STATEMENTS, this::statements);
    }

    /**
     * Some entries of a day, and the number of the last that was looked at where there are more: {@code {entries, next}}; null if there
     * is none. Arguments: merchant, day, after, most, and event if those of one interaction are wanted.
     */
    Question ledger() {
        return new Question("ledger", "adspend", IssuedReads.LEDGER, this::ledger);
    }

    private JsonNode statements(Partition partition, Arguments about) {
        ArrayNode statements = JSON.createArrayNode();
        IssuedReads.statements(
                        partition.windows(IssuedReads.STATEMENTS),
                        statementRecords,
                        about.text("merchant"),
                        LocalDate.parse(about.text("from")),
                        LocalDate.parse(about.text("to")),
                        (int) about.number("most"))
                .forEach(statement -> statements.add(JSON.readTree(AvroJson.write(statement))));
        return statements;
    }

    private JsonNode ledger(Partition partition, Arguments about) {
        Optional<String> event = about.find("event");
        Predicate<LedgerEntry> wanted = entry -> event.isEmpty() || event.get().equals(entry.getEventId());
        Page page = IssuedReads.ledger(
                partition.windows(IssuedReads.LEDGER),
                ledgerRecords,
                about.text("merchant"),
                LocalDate.parse(about.text("day")),
                about.number("after"),
                wanted,
                (int) about.number("most"));
        if (page.entries().isEmpty() && !page.more()) {
            return NullNode.getInstance();
        }
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode entries = answer.putArray("entries");
        page.entries().forEach(entry -> entries.add(JSON.readTree(AvroJson.write(entry))));
        answer.put("next", page.more() ? Long.valueOf(page.last()) : null);
        return answer;
    }
}
