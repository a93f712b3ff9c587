package io.weir.query.experiments;

import io.weir.core.json.AvroJson;
import io.weir.core.json.Timestamps;
import io.weir.experiments.book.UnitReads;
import io.weir.experiments.book.UnitStores;
import io.weir.experiments.result.ResultReads;
import io.weir.experiments.unit.Conversion;
import io.weir.experiments.unit.Why;
import io.weir.query.ask.Arguments;
import io.weir.query.ask.Question;
import io.weir.query.state.Partition;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** What the partitions of experiments answer. */
final class ExperimentQuestions {

    private static final JsonMapper JSON = new JsonMapper();

    /** The results of an experiment; null if nothing is known of it. Argument: experiment. */
    static final Question RESULTS = new Question(
            "experiment-results",
            "experiments",
            ResultReads.PARTS,
            (partition, about) -> results(partition)
                    .of(about.text("experiment"))
                    .map(record -> JSON.readTree(AvroJson.write(record)))
                    .orElse(NullNode.getInstance()));

    /** The currency of each metric, by its id. Argument: experiment. */
    static final Question CURRENCIES = new Question(
            "experiment-currencies",
            "experiments",
            ResultReads.PARTS,
            (partition, about) -> JSON.valueToTree(results(partition).currencies(about.text("experiment"))));

    /** Every experiment that a partition has results of, with what a list shows. */
    static final Question LIST = new Question("experiments", "experiments", ResultReads.PARTS, (partition, about) -> {
        ArrayNode array = JSON.createArrayNode();
        results(partition).all().forEach(record -> {
            ObjectNode one = array.addObject();
            one.put("experiment_id", record.getExperimentId()).put("provisional", record.getProvisional());
            one.put("as_of", Timestamps.format(record.getAsOf().toEpochMilli())).put("units", record.getUnits());
        });
        return array;
    });

    /** Why a visitor counts as it does; null if it never saw the experiment. Arguments: unit, experiment, currency.&lt;metric&gt;. */
    static final Question WHY_VISITOR = why(UnitStores.VISITORS);

    /** The same of a customer. */
    static final Question WHY_CUSTOMER = why(UnitStores.CUSTOMERS);

    /** Ids of the experiments that a visitor has seen. Argument: unit. */
    static final Question SEEN_BY_VISITOR = seen(UnitStores.VISITORS);

    /** The same of a customer. */
    static final Question SEEN_BY_CUSTOMER = seen(UnitStores.CUSTOMERS);

    static final List<Question> ALL =
            List.of(RESULTS, CURRENCIES, LIST, WHY_VISITOR, WHY_CUSTOMER, SEEN_BY_VISITOR, SEEN_BY_CUSTOMER);

    /** Before the name of a metric in the arguments. */
    static final String CURRENCY = "currency.";

    private ExperimentQuestions() {}

    private static ResultReads results(Partition partition) {
        return new ResultReads(partition.keyValues(ResultReads.EXPERIMENTS), partition.keyValues(ResultReads.PARTS));
    }

    private static Question why(UnitStores stores) {
        return new Question(
                "why-" + stores.kind(),
                "experiments",
                stores.units(),
                (partition, about) -> units(stores, partition)
                        .why(about.text("unit"), about.text("experiment"), currencies(about))
                        .map(ExperimentQuestions::json)
                        .orElse(NullNode.getInstance()));
    }

    private static Question seen(UnitStores stores) {
        return new Question(
                "seen-" + stores.kind(),
                "experiments",
                stores.units(),
                (partition, about) -> JSON.valueToTree(units(stores, partition).experiments(about.text("unit"))));
    }

    private static UnitReads units(UnitStores stores, Partition partition) {
        return new UnitReads(stores, partition.keyValues(stores.units()), partition.keyValues(stores.experiments()));
    }

    private static Map<String, String> currencies(Arguments about) {
        Map<String, String> currencies = new HashMap<>();
        about.values().forEach((name, value) -> {
            if (name.startsWith(CURRENCY)) {
                currencies.put(name.substring(CURRENCY.length()), value);
            }
        });
        return currencies;
    }

    private static JsonNode json(Why why) {
        ObjectNode json = JSON.createObjectNode();
        json.put("experiment_id", why.experiment()).put("provisional", why.provisional());
        json.put("standing", word(why.standing())).put("variant_id", why.variant());
        json.put("anchor", Timestamps.format(why.anchor()));
        ArrayNode exposures = json.putArray("exposures");
        why.exposures()
                .forEach(exposure -> exposures
                        .addObject()
                        .put("variant_id", exposure.variant())
                        .put("at", Timestamps.format(exposure.at()))
                        .put("event_id", exposure.eventId()));
        ArrayNode doings = json.putArray("events");
        for (Why.Doing doing : why.doings()) {
            Conversion what = doing.conversion();
            ObjectNode one = doings.addObject();
            one.put("event_id", what.eventId()).put("at", Timestamps.format(what.at()));
            one.put("kind", what.kind().name()).put("event", what.event());
            one.put("order_id", what.order()).put("amount_micros", what.currency() == null ? null : what.micros());
            one.put("currency", what.currency());
            ObjectNode metrics = one.putObject("metrics");
            doing.metrics().forEach(reason -> metrics.put(reason.metric(), word(reason.reason())));
        }
        return json;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
