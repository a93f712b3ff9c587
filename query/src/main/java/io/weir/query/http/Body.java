package io.weir.query.http;

import io.weir.query.ask.Replies;
import io.weir.query.ask.Reply;
import tools.jackson.databind.JsonNode;

/**
 * An answer.
 *
 * @param data what was asked for
 * @param stale whether a copy answered, which may be behind
 * @param lag how many records it was behind
 * @param partial whether a part of the state did not answer
 * @param next where the list goes on; null where it does not
 */
public record Body(JsonNode data, boolean stale, long lag, boolean partial, Cursor next) {

    /** What one partition answered. */
    public static Body of(Reply reply, JsonNode data, Cursor next) {
        return new Body(data, reply.stale(), reply.lag(), false, next);
    }

    /** What one partition answered. */
    public static Body of(Reply reply, JsonNode data) {
        return of(reply, data, null);
    }

    /** What all partitions answered, put together. */
    public static Body of(Replies replies, JsonNode data) {
        return new Body(data, replies.stale(), replies.lag(), replies.partial(), null);
    }

    /** The same, and it goes on there. */
    public Body goingOn(Cursor where) {
        return new Body(data, stale, lag, partial, where);
    }

    /** The same, and incomplete if that is so. */
    public Body partialIf(boolean incomplete) {
        return new Body(data, stale, lag, partial || incomplete, next);
    }
}
