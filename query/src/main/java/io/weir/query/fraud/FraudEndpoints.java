package io.weir.query.fraud;

import io.weir.core.json.AvroJson;
import io.weir.core.serde.KeptRecords;
import io.weir.fraud.rule.RuleReads;
import io.weir.query.access.Scope;
import io.weir.query.ask.Arguments;
import io.weir.query.ask.Asker;
import io.weir.query.ask.Question;
import io.weir.query.ask.Reply;
import io.weir.query.http.Body;
import io.weir.query.http.Endpoint;
import io.weir.query.http.JsonSchemas;
import io.weir.query.http.Request;
import io.weir.schemas.FraudRule;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Fraud over HTTP. */
public final class FraudEndpoints {

    private static final JsonMapper JSON = new JsonMapper();
    /** Every task knows every rule: any of them may be asked. */
    private static final String ANY_KEY = "";

    private final Asker asker;
    private final Question rules;

    /** @param records as rules are kept */
    public FraudEndpoints(Asker asker, KeptRecords<FraudRule> records) {
        this.asker = asker;
        this.rules = rules(records);
    }

    /** What other processes may ask of this one. */
    public static List<Question> questions(KeptRecords<FraudRule> records) {
        return List.of(rules(records));
    }

    private static Question rules(KeptRecords<FraudRule> records) {
        return new Question("fraud-rules", "fraud", RuleReads.RULES, (partition, about) -> {
            ArrayNode array = JSON.createArrayNode();
            new RuleReads(partition.keyValues(RuleReads.RULES), records)
                    .current()
                    .forEach(rule -> array.add(JSON.readTree(AvroJson.write(rule))));
            return array;
        });
    }

    /** The addresses. */
    public List<Endpoint> all() {
        return List.of(new Endpoint(
                "/api/v1/fraud/rules",
                Scope.FRAUD,
                "The rules that count, by id.",
                false,
                List.of(),
                JsonSchemas.list(JsonSchemas.of(FraudRule.getClassSchema())),
                this::rules));
    }

    private Body rules(Request request) {
        Reply reply = asker.ask(rules, ANY_KEY, Arguments.none());
        return Body.of(reply, reply.data());
    }
}
