package io.weir.query;

import io.javalin.config.JavalinConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.core.serde.KeptRecords;
import io.weir.core.time.StreamClock;
import io.weir.query.access.Tokens;
import io.weir.query.adspend.AdspendEndpoints;
import io.weir.query.ask.Asker;
import io.weir.query.ask.Peers;
import io.weir.query.ask.Question;
import io.weir.query.experiments.ExperimentEndpoints;
import io.weir.query.fraud.FraudEndpoints;
import io.weir.query.http.Api;
import io.weir.query.http.Endpoint;
import io.weir.query.http.PeerApi;
import io.weir.query.sessions.SessionEndpoints;
import io.weir.query.state.States;
import io.weir.query.system.SystemEndpoints;
import io.weir.schemas.FraudRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Everything that is asked over HTTP: route, locate, read here or one hop away, answer. */
public final class Queries {

    private final Api api;
    private final PeerApi peers;

    private Queries(Api api, PeerApi peers) {
        this.api = api;
        this.peers = peers;
    }

    /**
     * Over the state of a deployment.
     *
     * @param states where it is
     * @param topologies of the features of this process, by feature
     * @param rules as fraud rules are kept
     * @param peers the other processes
     * @param access who may ask
     * @param clock by which answers are dated
     * @param gap after which a session closes
     * @param threads on which other processes are waited for
     * @param meters where the time that answers take is kept
     */
    public static Queries of(
            States states,
            Supplier<Map<String, String>> topologies,
            KeptRecords<FraudRule> rules,
            Peers peers,
            Access access,
            StreamClock clock,
            Duration gap,
            Executor threads,
            MeterRegistry meters) {
        Asker asker = new Asker(states, peers, threads);
        SessionEndpoints sessions = new SessionEndpoints(asker, clock::millis, gap);
        List<Endpoint> endpoints = Stream.of(
                        sessions.all(),
                        new AdspendEndpoints(asker, clock::millis).all(),
                        new FraudEndpoints(asker, rules).all(),
                        new SystemEndpoints(topologies).all(),
                        new ExperimentEndpoints(asker).all())
                .flatMap(List::stream)
                .toList();
        return new Queries(
                new Api(endpoints, sessions.pipes(), access.tokens(), access.perSecond(), clock::millis, meters),
                new PeerApi(questions(rules), asker, access.peerToken()));
    }

    private static List<Question> questions(KeptRecords<FraudRule> rules) {
        return Stream.of(
                        SessionEndpoints.questions(),
                        AdspendEndpoints.questions(),
                        FraudEndpoints.questions(rules),
                        ExperimentEndpoints.questions())
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Who may ask.
     *
     * @param tokens of readers
     * @param perSecond requests that a token may send in a second
     * @param peerToken that the processes of the deployment show each other
     */
    public record Access(Tokens tokens, int perSecond, String peerToken) {}

    /** Adds all addresses, and how what goes wrong is answered. */
    public void addTo(JavalinConfig config) {
        api.addTo(config);
        peers.addTo(config);
    }
}
