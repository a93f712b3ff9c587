package io.weir.query.http;

import io.weir.query.access.Scope;
import java.util.List;
import java.util.Map;

/**
 * An address that answers.
 *
 * @param path with parameters in braces
 * @param scope that a token needs
 * @param summary one sentence for readers of the document
 * @param personal whether it shows what a person did, so that each read is written down
 * @param parameters that it takes; others are refused
 * @param data JSON Schema of {@code data} in its answer
 * @param handler what answers
 */
public record Endpoint(
        String path,
        Scope scope,
        String summary,
        boolean personal,
        List<Parameter<?>> parameters,
        Map<String, Object> data,
        Handler handler) {

    /** Copies the list and the map. */
    public Endpoint {
        parameters = List.copyOf(parameters);
        data = Map.copyOf(data);
    }

    /** Answers. */
    @FunctionalInterface
    public interface Handler {

        /**
         * Answers.
         *
         * @throws ProblemException if a parameter is wrong, or there is no such thing
         * @throws io.weir.query.state.UnavailableException if it cannot be answered now
         */
        Body answer(Request request);
    }
}
