package io.weir.query.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An answer that is none, as RFC 9457 has it: {@code application/problem+json}. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final String parameter;

    private ProblemException(int status, String title, String detail, String parameter) {
        super(detail);
        this.status = status;
        this.title = title;
        this.parameter = parameter;
    }

    /** 400: a parameter is not what is expected. The detail says what is, and never more of the input than its name. */
    public static ProblemException parameter(String name, String expected) {
        return new ProblemException(400, "Bad request", name + ": expected " + expected, name);
    }

    /** 401: no token, or none that is known. */
    public static ProblemException unauthorized() {
        return new ProblemException(401, "Unauthorized", "Send a token that is known: Authorization: Bearer …", null);
    }

    /** 403: the token is known, and may not read this. */
    public static ProblemException forbidden(String scope) {
        return new ProblemException(403, "Forbidden", "The token lacks the scope " + scope + ".", null);
    }

    /** 404: there is no such thing. */
    public static ProblemException notFound(String detail) {
        return new ProblemException(404, "Not found", detail, null);
    }

    /** 405: only read. */
    public static ProblemException readOnly() {
        return new ProblemException(405, "Method not allowed", "This address is only read (GET).", null);
    }

    /** 429: too many requests with one token. */
    public static ProblemException tooMany() {
        return new ProblemException(429, "Too many requests", "Send fewer requests a second with this token.", null);
    }

    /** 503: a little later it may be answered. */
    public static ProblemException unavailable(String detail) {
        return new ProblemException(503, "Unavailable", detail, null);
    }

    /** 500: its cause is in the log alone. */
    static ProblemException internal() {
        return new ProblemException(500, "Internal error", "This went wrong inside Weir; its log says why.", null);
    }

    /** Status of the answer. */
    public int status() {
        return status;
    }

    /** Seconds after which to ask again, if that may help. */
    Optional<Integer> retryAfter() {
        return status == 503 || status == 429 ? Optional.of(1) : Optional.empty();
    }

    /** The body. */
    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", title);
        body.put("status", status);
        body.put("detail", getMessage());
        if (parameter != null) {
            body.put("parameter", parameter);
        }
        return body;
    }
}
