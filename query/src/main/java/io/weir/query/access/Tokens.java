package io.weir.query.access;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The tokens of now. Safe for many threads.
 *
 * @param required whether anybody must have one
 * @param current asked at each request, so that one that was taken away counts no more
 */
public record Tokens(boolean required, Supplier<List<Token>> current) {

    /** None: whoever reaches the service may read. */
    public static final Tokens NONE = new Tokens(false, List::of);

    /** The token that somebody presents; all are compared, whichever it is. */
    public Optional<Token> find(String presented) {
        byte[] hash = Token.hash(presented);
        Token found = null;
        for (Token token : current.get()) {
            found = token.is(hash) ? token : found;
        }
        return Optional.ofNullable(found);
    }
}
