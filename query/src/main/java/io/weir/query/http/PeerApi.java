package io.weir.query.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.weir.query.ask.Asker;
import io.weir.query.ask.PeerProtocol;
import io.weir.query.ask.PeerProtocol.Asked;
import io.weir.query.ask.Question;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Answers other processes of the deployment, which show the token that all of them have. They are told of this process alone: there is no second hop. */
public final class PeerApi {

    private static final String BEARER = "Bearer ";

    private final Map<String, Question> questions;
    private final Asker asker;
    private final byte[] token;

    /**
     * Over questions.
     *
     * @param questions that may be asked
     * @param token that others must show
     */
    public PeerApi(List<Question> questions, Asker asker, String token) {
        this.questions = questions.stream().collect(Collectors.toMap(Question::name, Function.identity()));
        this.asker = asker;
        this.token = (BEARER + token).getBytes(StandardCharsets.UTF_8);
    }

    /** Adds the address. */
    public void addTo(JavalinConfig config) {
        config.routes.post(PeerProtocol.PATH, this::answer);
    }

    private void answer(Context context) {
        String shown = context.header("Authorization");
        if (shown == null || !MessageDigest.isEqual(shown.getBytes(StandardCharsets.UTF_8), token)) {
            throw ProblemException.unauthorized();
        }
        Asked asked;
        try {
            asked = PeerProtocol.readQuestion(context.bodyAsBytes());
        } catch (IllegalArgumentException e) {
            throw ProblemException.parameter("body", "a question of another process");
        }
        Question question = questions.get(asked.question());
        if (question == null) {
            throw ProblemException.notFound("This build does not know that question.");
        }
        context.contentType("application/json")
                .result(PeerProtocol.write(asker.here(question, asked.partitions(), asked.arguments())));
    }
}
