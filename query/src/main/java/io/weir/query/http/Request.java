package io.weir.query.http;

import io.javalin.http.Context;
import java.util.Optional;

/** The parameters of a request, read as its endpoint describes them. */
public final class Request {

    private final Context context;

    Request(Context context) {
        this.context = context;
    }

    /**
     * A parameter that is there, or has a value where it is left out.
     *
     * @throws ProblemException if it is wrong or missing
     */
    public <T> T get(Parameter<T> parameter) {
        return find(parameter).orElseThrow(() -> wrong(parameter));
    }

    /**
     * A parameter that may be left out.
     *
     * @throws ProblemException if it is wrong
     */
    public <T> Optional<T> find(Parameter<T> parameter) {
        String text = parameter.in() == Parameter.In.PATH
                ? context.pathParam(parameter.name())
                : context.queryParam(parameter.name());
        if (text == null) {
            text = parameter.fallback();
        }
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(parameter.parse().apply(text));
        } catch (IllegalArgumentException e) {
            throw wrong(parameter);
        }
    }

    private static ProblemException wrong(Parameter<?> parameter) {
        return ProblemException.parameter(parameter.name(), parameter.expected());
    }
}
