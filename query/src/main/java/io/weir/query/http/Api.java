package io.weir.query.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.core.feature.Build;
import io.weir.core.json.Timestamps;
import io.weir.query.access.Tokens;
import io.weir.query.state.NotKeptException;
import io.weir.query.state.UnavailableException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers requests by endpoints: who asks, what with, and the envelope around what is found. */
public final class Api {

    private static final Logger LOG = LoggerFactory.getLogger(Api.class);
    private static final Logger AUDIT = LoggerFactory.getLogger("weir.audit");
    private static final String JSON = "application/json";
    private static final String PROBLEM_JSON = "application/problem+json";

    private final List<Endpoint> endpoints;
    private final List<Pipe> pipes;
    private final Gate gate;
    private final LongSupplier clock;
    private final Timings timings;
    private final JsonMapper json = new JsonMapper();

    /**
     * Over endpoints.
     *
     * @param pipes addresses of the other kind
     * @param tokens who may ask
     * @param perSecond requests that a token may send in a second
     * @param clock by which answers are dated, milliseconds UTC
     * @param meters where the time that answers take is kept
     */
    public Api(
            List<Endpoint> endpoints,
            List<Pipe> pipes,
            Tokens tokens,
            int perSecond,
            LongSupplier clock,
            MeterRegistry meters) {
        this.endpoints = List.copyOf(endpoints);
        this.pipes = List.copyOf(pipes);
        this.gate = new Gate(tokens, perSecond, System::nanoTime);
        this.clock = clock;
        this.timings = new Timings(meters);
    }

    /** Adds the addresses, and how what goes wrong is answered. */
    public void addTo(JavalinConfig config) {
        for (Endpoint endpoint : endpoints) {
            add(endpoint.path(), context -> answer(endpoint, context), config);
        }
        for (Pipe pipe : pipes) {
            add(pipe.path(), context -> answer(pipe, context), config);
        }
        byte[] document = json.writeValueAsBytes(OpenApi.of(endpoints, pipes, Build.version()));
        config.routes.get("/openapi.json", context -> context.contentType(JSON).result(document));
        config.routes.exception(ProblemException.class, (problem, context) -> write(problem, context));
        config.routes.exception(
                UnavailableException.class,
                (fault, context) -> write(ProblemException.unavailable(fault.getMessage()), context));
        config.routes.exception(
                NotKeptException.class,
                (fault, context) -> write(ProblemException.notFound(fault.getMessage()), context));
        config.routes.exception(Exception.class, (fault, context) -> {
            LOG.warn("{} {} failed", context.method(), context.endpoint().path, fault);
            write(ProblemException.internal(), context);
        });
        config.routes.error(
                404,
                context -> writeIfNothing(ProblemException.notFound("There is nothing at this address."), context));
        config.routes.error(405, context -> writeIfNothing(ProblemException.readOnly(), context));
    }

    /** Also for HEAD: by itself the server would say 200 to whoever asks. */
    private void add(String path, Consumer<Context> answering, JavalinConfig config) {
        Handler handler = context -> timings.take(path, () -> answering.accept(context));
        config.routes.get(path, handler);
        config.routes.head(path, handler);
    }

    /** What a handler found missing has its own problem already. */
    private void writeIfNothing(ProblemException problem, Context context) {
        if (!PROBLEM_JSON.equals(context.res().getContentType())) {
            write(problem, context);
        }
    }

    private void answer(Endpoint endpoint, Context context) {
        String merchant = context.pathParamMap().get("merchant_id");
        String who = gate.enter(context, endpoint.scope(), merchant);
        refuseOthers(endpoint.parameters(), Set.of(), context);
        Request request = new Request(context);
        // Also those that the handler would look at later, or not at all: nothing is asked of the state before.
        endpoint.parameters().forEach(request::find);
        if (endpoint.personal()) {
            audit(who, endpoint.path(), context.pathParamMap());
        }
        write(endpoint.handler().answer(request), context);
    }

    private void answer(Pipe pipe, Context context) {
        long begun = System.nanoTime();
        String who = gate.enterByQuery(context, pipe.scope());
        refuseOthers(pipe.parameters(), Set.of(Gate.TOKEN), context);
        Request request = new Request(context);
        pipe.parameters().forEach(request::find);
        Map<String, Object> about = new LinkedHashMap<>();
        pipe.parameters()
                .forEach(parameter -> request.find(parameter).ifPresent(value -> about.put(parameter.name(), value)));
        audit(who, pipe.path(), about);
        Pipe.Rows answer = pipe.handler().answer(request);
        if (answer.stale()) {
            // The body is another API's, which has no place for it.
            context.header("Weir-Stale-Lag", Long.toString(answer.lag()));
        }
        List<ObjectNode> rows = answer.all();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("meta", pipe.columns());
        body.put("data", rows);
        body.put("rows", rows.size());
        Map<String, Object> statistics = new LinkedHashMap<>();
        statistics.put("elapsed", (System.nanoTime() - begun) / 1e9);
        statistics.put("rows_read", rows.size());
        statistics.put("bytes_read", json.writeValueAsBytes(rows).length);
        body.put("statistics", statistics);
        context.header("Cache-Control", "no-store").contentType(JSON).result(json.writeValueAsBytes(body));
    }

    /** As JSON: an id that has a line break in it makes no line of its own. */
    private void audit(String who, String path, Map<String, ?> about) {
        Map<String, String> texts = new LinkedHashMap<>();
        about.forEach((name, value) -> texts.put(name, value.toString()));
        AUDIT.info("{} reads {} {}", who, path, json.writeValueAsString(texts));
    }

    /** A misspelt parameter would be left out in silence. */
    private static void refuseOthers(List<Parameter<?>> parameters, Set<String> besides, Context context) {
        Set<String> known = parameters.stream()
                .filter(parameter -> parameter.in() == Parameter.In.QUERY)
                .map(Parameter::name)
                .collect(Collectors.toCollection(TreeSet::new));
        for (String name : context.queryParamMap().keySet()) {
            if (!known.contains(name) && !besides.contains(name)) {
                throw ProblemException.parameter(
                        name.length() > 100 ? name.substring(0, 100) : name,
                        known.isEmpty()
                                ? "no parameter"
                                : "one of "
                                        + String.join(
                                                ", ", known.stream().sorted().toList()));
            }
        }
    }

    private void write(Body body, Context context) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("data", body.data());
        envelope.put("as_of", Timestamps.format(clock.getAsLong()));
        envelope.put("stale", body.stale());
        if (body.stale()) {
            envelope.put("lag", body.lag());
        }
        envelope.put("partial", body.partial());
        if (body.next() != null) {
            envelope.put("next_cursor", body.next().text());
        }
        context.header("Cache-Control", "no-store").contentType(JSON).result(json.writeValueAsBytes(envelope));
    }

    private void write(ProblemException problem, Context context) {
        problem.retryAfter().ifPresent(seconds -> context.header("Retry-After", seconds.toString()));
        if (problem.status() == 401) {
            context.header("WWW-Authenticate", "Bearer");
        }
        context.status(problem.status()).contentType(PROBLEM_JSON).result(json.writeValueAsBytes(problem.body()));
    }
}
