package io.weir.query.experiments;

import io.weir.query.access.Scope;
import io.weir.query.ask.Arguments;
import io.weir.query.ask.Asker;
import io.weir.query.ask.Question;
import io.weir.query.ask.Replies;
import io.weir.query.ask.Reply;
import io.weir.query.http.Body;
import io.weir.query.http.Endpoint;
import io.weir.query.http.Parameter;
import io.weir.query.http.ProblemException;
import io.weir.query.http.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Experiments over HTTP. */
public final class ExperimentEndpoints {

    private static final JsonMapper JSON = new JsonMapper();

    private static final Parameter<String> EXPERIMENT = Parameter.id("experiment_id", "An experiment.");
    private static final Parameter<String> UNIT = Parameter.id("unit_id", "A visitor or customer.");
    private static final Parameter<View> VIEW = Parameter.choice(
            "view", View.class, "Comparisons of this view alone: of all units, or of those whose window has passed.");

    /** Which units are compared. */
    enum View {
        LIVE,
        MATURED
    }

    private final Asker asker;

    /** @param asker of the state */
    public ExperimentEndpoints(Asker asker) {
        this.asker = asker;
    }

    /** What other processes may ask of this one. */
    public static List<Question> questions() {
        return ExperimentQuestions.ALL;
    }

    /** The addresses. */
    public List<Endpoint> all() {
        return List.of(
                endpoint(
                        "/api/v1/experiments",
                        "Every experiment that somebody has seen.",
                        false,
                        ExperimentSchemas.LIST,
                        this::list),
                endpoint(
                        "/api/v1/experiments/{experiment_id}/results",
                        "The results of an experiment, as of now.",
                        false,
                        ExperimentSchemas.RESULTS,
                        this::results,
                        EXPERIMENT,
                        VIEW),
                endpoint(
                        "/api/v1/experiments/{experiment_id}/units/{unit_id}",
                        "Why a visitor or customer counts in an experiment as it does.",
                        true,
                        ExperimentSchemas.WHY,
                        this::why,
                        EXPERIMENT,
                        UNIT),
                endpoint(
                        "/api/v1/units/{unit_id}/experiments",
                        "The experiments that a visitor or customer has seen.",
                        true,
                        ExperimentSchemas.SEEN,
                        this::seen,
                        UNIT));
    }

    private static Endpoint endpoint(
            String path,
            String summary,
            boolean personal,
            Map<String, Object> data,
            Endpoint.Handler handler,
            Parameter<?>... parameters) {
        return new Endpoint(path, Scope.EXPERIMENTS, summary, personal, List.of(parameters), data, handler);
    }

    private Body list(Request request) {
        Replies replies = asker.askAll(ExperimentQuestions.LIST, Arguments.none());
        ArrayNode all = JSON.createArrayNode();
        replies.all().stream()
                .flatMap(reply -> reply.data().valueStream())
                .sorted(Comparator.comparing(
                        experiment -> experiment.get("experiment_id").asString()))
                .forEach(all::add);
        return Body.of(replies, all);
    }

    private Body results(Request request) {
        String experiment = request.get(EXPERIMENT);
        Reply reply = asker.ask(
                ExperimentQuestions.RESULTS, experiment, Arguments.none().with("experiment", experiment));
        if (reply.data().isNull()) {
            throw ProblemException.notFound("Nobody has seen an experiment of this id, or it is long over.");
        }
        Optional<View> view = request.find(VIEW);
        return Body.of(reply, view.isPresent() ? only(view.get(), reply.data()) : reply.data());
    }

    private static JsonNode only(View view, JsonNode results) {
        ObjectNode filtered = (ObjectNode) results.deepCopy();
        ArrayNode comparisons = filtered.putArray("comparisons");
        results.get("comparisons").forEach(comparison -> {
            if (comparison.get("view").asString().equals(view.name())) {
                comparisons.add(comparison);
            }
        });
        return filtered;
    }

    /** Units of an experiment are of one kind, which its partition of results does not know: both are asked. */
    private Body why(Request request) {
        String experiment = request.get(EXPERIMENT);
        String unit = request.get(UNIT);
        Arguments about = Arguments.none().with("experiment", experiment).with("unit", unit);
        Reply currencies = asker.ask(ExperimentQuestions.CURRENCIES, experiment, about);
        for (String metric : currencies.data().propertyNames()) {
            about = about.with(
                    ExperimentQuestions.CURRENCY + metric,
                    currencies.data().get(metric).asString());
        }
        for (Question question : List.of(ExperimentQuestions.WHY_VISITOR, ExperimentQuestions.WHY_CUSTOMER)) {
            Reply reply = asker.ask(question, unit, about);
            if (!reply.data().isNull()) {
                ObjectNode data = (ObjectNode) reply.data();
                data.put("unit_id", unit);
                data.put("unit", kind(question));
                return Body.of(new Replies(List.of(currencies, reply), false), data);
            }
        }
        throw ProblemException.notFound("This unit has not seen the experiment, or not of late.");
    }

    /** Whether it is a visitor or a customer nobody knows; either may have seen some. */
    private Body seen(Request request) {
        String unit = request.get(UNIT);
        ArrayNode all = JSON.createArrayNode();
        List<Reply> replies = new ArrayList<>();
        for (Question question : List.of(ExperimentQuestions.SEEN_BY_VISITOR, ExperimentQuestions.SEEN_BY_CUSTOMER)) {
            Reply reply = asker.ask(question, unit, Arguments.none().with("unit", unit));
            replies.add(reply);
            reply.data()
                    .forEach(id ->
                            all.addObject().put("experiment_id", id.asString()).put("unit", kind(question)));
        }
        return Body.of(new Replies(replies, false), all);
    }

    /** Questions about units are called after what they ask, and the kind of unit. */
    private static String kind(Question question) {
        return question.name().substring(question.name().indexOf('-') + 1).toLowerCase(Locale.ROOT);
    }
}
