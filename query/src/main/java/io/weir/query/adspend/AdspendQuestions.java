package io.weir.query.adspend;

import io.weir.adspend.merchant.SpendReads;
import io.weir.core.json.AvroJson;
import io.weir.query.ask.Arguments;
import io.weir.query.ask.Question;
import io.weir.query.state.Partition;
import java.time.LocalDate;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;

/** What the partitions of merchants answer. */
final class AdspendQuestions {

    private static final JsonMapper JSON = new JsonMapper();

    /** A day's account as a statement; null if there is none. Arguments: merchant, now, and day if not today. */
    static final Question SPEND = question("spend", AdspendQuestions::spend);

    /** Caps of a merchant and its campaigns. Argument: merchant. */
    static final Question CAPS = question("caps", AdspendQuestions::caps);

    /** A merchant's day by the clock; null if the merchant is not known. Argument: merchant. */
    static final Question TODAY = question(
            "today",
            (partition, about) -> JSON.valueToTree(reads(partition)
                    .today(about.text("merchant"))
                    .map(LocalDate::toString)
                    .orElse(null)));

    static final List<Question> ALL = List.of(SPEND, CAPS, TODAY);

    private AdspendQuestions() {}

    private static Question question(String name, Question.Answering answering) {
        return new Question(name, "adspend", SpendReads.MERCHANTS, answering);
    }

    private static SpendReads reads(Partition partition) {
        return new SpendReads(partition.keyValues(SpendReads.MERCHANTS), partition.keyValues(SpendReads.DAYS));
    }

    private static JsonNode spend(Partition partition, Arguments about) {
        LocalDate day = about.find("day").map(LocalDate::parse).orElse(null);
        return reads(partition)
                .spend(about.text("merchant"), day, about.number("now"))
                .map(statement -> JSON.readTree(AvroJson.write(statement)))
                .orElse(NullNode.getInstance());
    }

    private static JsonNode caps(Partition partition, Arguments about) {
        ArrayNode caps = JSON.createArrayNode();
        for (SpendReads.Cap cap : reads(partition).caps(about.text("merchant"))) {
            caps.addObject()
                    .put("campaign_id", cap.campaign())
                    .put("state", cap.capped() ? "CAPPED" : "OPEN")
                    .put("day", cap.day().toString())
                    .put("cap_micros", cap.capMicros())
                    .put("billed_micros", cap.billedMicros())
                    .put("remaining_micros", cap.remainingMicros())
                    .put("sequence", cap.sequence());
        }
        return caps;
    }
}
