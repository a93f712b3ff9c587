package io.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javalin.Javalin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.query.access.Grant;
import io.weir.query.access.Token;
import io.weir.query.access.Tokens;
import io.weir.query.ask.Arguments;
import io.weir.query.ask.Asker;
import io.weir.query.ask.HttpPeers;
import io.weir.query.ask.PeerProtocol;
import io.weir.query.ask.Question;
import io.weir.query.ask.Reply;
import io.weir.query.state.Member;
import io.weir.query.state.Partition;
import io.weir.query.state.Place;
import io.weir.query.state.States;
import io.weir.query.state.UnavailableException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.StringNode;

/** The hop from one process to another, over real HTTP. */
class PeerApiTest {

    private static final String SECRET = "what all processes know";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Question QUESTION = new Question(
            "q", "feature", "store", (partition, about) -> StringNode.valueOf(partition.number() + about.text("x")));

    private final Javalin server = Javalin.create(config -> {
                config.startup.showJavalinBanner = false;
                new Api(
                                List.of(),
                                List.of(),
                                new Tokens(
                                        true,
                                        () -> List.of(new Token("admin", "0".repeat(64), List.of(Grant.of("admin"))))),
                                1,
                                () -> 0,
                                new SimpleMeterRegistry())
                        .addTo(config);
                new PeerApi(List.of(QUESTION), new Asker(new Odd(), null, Runnable::run), SECRET).addTo(config);
            })
            .start("127.0.0.1", 0);
    private final Member there = new Member("127.0.0.1", server.port());

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void whatAnotherProcessHoldsIsAnsweredByItAndTheRestIsLeftOut() {
        List<Reply> replies = new HttpPeers(SECRET, PATIENCE, Optional.empty())
                .ask(there, QUESTION, List.of(1, 2, 3), Arguments.none().with("x", "ü|%"));

        assertThat(replies)
                .containsExactly(
                        new Reply(1, StringNode.valueOf("1ü|%"), true, 9),
                        new Reply(3, StringNode.valueOf("3ü|%"), true, 9));
    }

    @Test
    void whoDoesNotKnowTheTokenIsAnsweredNothing() throws Exception {
        assertThatThrownBy(() -> new HttpPeers("another", PATIENCE, Optional.empty())
                        .ask(there, QUESTION, List.of(1), Arguments.none().with("x", "")))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("401");
        HttpRequest anonymous = HttpRequest.newBuilder(URI.create("http://" + there + PeerProtocol.PATH))
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"question\":\"q\",\"partitions\":[1],\"arguments\":{\"x\":\"\"}}"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(anonymous, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aQuestionThatItDoesNotKnowAndWhatIsNoneAreRefused() throws Exception {
        Question newer = new Question("newer", "feature", "store", QUESTION.answering());
        assertThatThrownBy(() -> new HttpPeers(SECRET, PATIENCE, Optional.empty())
                        .ask(there, newer, List.of(1), Arguments.none()))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("404");
        HttpRequest nonsense = HttpRequest.newBuilder(URI.create("http://" + there + PeerProtocol.PATH))
                .header("Authorization", "Bearer " + SECRET)
                .POST(HttpRequest.BodyPublishers.ofString("nonsense"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(nonsense, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void oneThatIsNotThereIsUnavailable() {
        server.stop();

        assertThatThrownBy(() -> new HttpPeers(SECRET, PATIENCE, Optional.empty())
                        .ask(there, QUESTION, List.of(1), Arguments.none().with("x", "")))
                .isInstanceOf(UnavailableException.class);
    }

    /** Has copies of partitions with odd numbers. */
    private static final class Odd implements States {

        @Override
        public Member self() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Place find(String feature, String store, String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Place> all(String feature, String store) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Partition open(String feature, int partition) {
            throw new InvalidStateStoreException("not written here");
        }

        @Override
        public Partition copy(String feature, String store, int partition) {
            if (partition % 2 == 0) {
                throw new UnavailableException("not here");
            }
            return new Copy(partition);
        }
    }

    private record Copy(int number) implements Partition {

        @Override
        public boolean stale() {
            return true;
        }

        @Override
        public long lag() {
            return 9;
        }

        @Override
        public ReadOnlyKeyValueStore<Bytes, byte[]> keyValues(String store) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ReadOnlyWindowStore<Bytes, byte[]> windows(String store) {
            throw new UnsupportedOperationException();
        }
    }
}
