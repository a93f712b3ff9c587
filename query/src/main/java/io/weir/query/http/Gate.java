package io.weir.query.http;

import io.javalin.http.Context;
import io.weir.query.access.Scope;
import io.weir.query.access.Token;
import io.weir.query.access.Tokens;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Lets in whoever may read, and not more often than is allowed. */
final class Gate {

    /** Where nobody needs a token, as on this machine alone. */
    private static final String NOBODY = "-";

    static final String TOKEN = "token";

    private static final String BEARER = "bearer ";
    private static final long SECOND = 1_000_000_000L;

    private final Tokens tokens;
    private final int perSecond;
    private final LongSupplier nanos;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    /** @param perSecond requests that a token may send; up to twice as many at once */
    Gate(Tokens tokens, int perSecond, LongSupplier nanos) {
        this.tokens = tokens;
        this.perSecond = perSecond;
        this.nanos = nanos;
    }

    /**
     * Who asks: the name of the token.
     *
     * @throws ProblemException if the token is missing, unknown, not enough, or used too often
     */
    String enter(Context context, Scope scope, String merchant) {
        return enter(presented(context), scope, merchant);
    }

    /** The same where a token may stand in the query too, as clients of {@code /v0} send it. */
    String enterByQuery(Context context, Scope scope) {
        return enter(presented(context).or(() -> Optional.ofNullable(context.queryParam(TOKEN))), scope, null);
    }

    private String enter(Optional<String> presented, Scope scope, String merchant) {
        if (!tokens.required()) {
            return NOBODY;
        }
        Token token = presented.flatMap(tokens::find).orElseThrow(ProblemException::unauthorized);
        if (!token.mayRead(scope, merchant)) {
            throw ProblemException.forbidden(scope.text());
        }
        if (!buckets.computeIfAbsent(token.name(), any -> new Bucket(nanos.getAsLong()))
                .take(nanos.getAsLong())) {
            throw ProblemException.tooMany();
        }
        return token.name();
    }

    private static Optional<String> presented(Context context) {
        String header = context.header("Authorization");
        return header != null && header.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? Optional.of(header.substring(BEARER.length()).strip())
                : Optional.empty();
    }

    /** What a token may still send: it fills by so many a second. */
    private final class Bucket {
        private double left = 2.0 * perSecond;
        private long at;

        Bucket(long now) {
            this.at = now;
        }

        synchronized boolean take(long now) {
            left = Math.min(2.0 * perSecond, left + (double) (now - at) / SECOND * perSecond);
            at = now;
            if (left < 1) {
                return false;
            }
            left--;
            return true;
        }
    }
}
