package io.weir.query.http;

import io.weir.query.access.Scope;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * An address for clients that were written for an analytics API of rows and columns: {@code {meta, data, rows, statistics}}.
 *
 * @param name as in {@code /v0/pipes/<name>.json}
 * @param scope that a token needs; it may stand in the query here
 * @param columns in their order, with their types
 * @param parameters that it takes, besides {@code token}
 * @param handler what answers
 */
public record Pipe(String name, Scope scope, List<Column> columns, List<Parameter<?>> parameters, Handler handler) {

    /** Copies the lists. */
    public Pipe {
        columns = List.copyOf(columns);
        parameters = List.copyOf(parameters);
    }

    /**
     * A column.
     *
     * @param name of it in each row
     * @param type as ClickHouse names it
     */
    public record Column(String name, String type) {}

    /** Answers. */
    @FunctionalInterface
    public interface Handler {

        /**
         * Rows, each with all columns in their order.
         *
         * @throws ProblemException if a parameter is wrong, or there is no such thing
         * @throws io.weir.query.state.UnavailableException if it cannot be answered now
         */
        List<ObjectNode> answer(Request request);
    }

    String path() {
        return "/v0/pipes/" + name + ".json";
    }
}
