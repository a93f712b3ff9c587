package io.weir.query.http;

import io.weir.query.access.Scope;
import io.weir.query.ask.Reply;
import java.util.Arrays;
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

    /**
     * What is answered.
     *
     * @param all the rows
     * @param stale whether a copy answered, which may be behind
     * @param lag how many records it was behind
     */
    public record Rows(List<ObjectNode> all, boolean stale, long lag) {

        /** No row, whoever is asked. */
        public static final Rows NONE = new Rows(List.of(), false, 0);

        /** Copies the list. */
        public Rows {
            all = List.copyOf(all);
        }

        /** Rows of what some partitions answered. */
        public static Rows of(List<ObjectNode> all, Reply... replies) {
            return new Rows(
                    all,
                    Arrays.stream(replies).anyMatch(Reply::stale),
                    Arrays.stream(replies).mapToLong(Reply::lag).sum());
        }
    }

    /** Answers. */
    @FunctionalInterface
    public interface Handler {

        /**
         * Rows, each with all columns in their order.
         *
         * @throws ProblemException if a parameter is wrong, or there is no such thing
         * @throws io.weir.query.state.UnavailableException if it cannot be answered now
         */
        Rows answer(Request request);
    }

    String path() {
        return "/v0/pipes/" + name + ".json";
    }
}
