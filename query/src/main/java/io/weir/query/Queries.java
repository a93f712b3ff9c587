package io.weir.query;

import io.javalin.config.JavalinConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.core.serde.KeptRecords;
import io.weir.core.time.StreamClock;
import io.weir.query.access.Tokens;
import io.weir.query.adspend.AdspendEndpoints;
import io.weir.query.adspend.IssuedQuestions;
import io.weir.query.ask.Asker;
import io.weir.query.ask.Peers;
import io.weir.query.ask.Question;
import io.weir.query.experiments.ExperimentEndpoints;
import io.weir.query.fraud.FraudEndpoints;
import io.weir.query.fraud.FraudQuestions;
import io.weir.query.http.Api;
import io.weir.query.http.Endpoint;
import io.weir.query.http.PeerApi;
import io.weir.query.quality.QualityEndpoints;
import io.weir.query.sessions.SessionEndpoints;
import io.weir.query.state.States;
import io.weir.query.system.SystemEndpoints;
import io.weir.schemas.FraudAlert;
import io.weir.schemas.FraudRule;
import io.weir.schemas.LedgerEntry;
import io.weir.schemas.Statement;
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
     * @param kept as records are kept in stores
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
            Kept kept,
            Peers peers,
            Access access,
            StreamClock clock,
            Duration gap,
            Executor threads,
            MeterRegistry meters) {
        Asker asker = new Asker(states, peers, threads);
        IssuedQuestions issued = new IssuedQuestions(kept.statements(), kept.ledger());
        FraudQuestions fraud = new FraudQuestions(kept.rules(), kept.alerts());
        SessionEndpoints sessions = new SessionEndpoints(asker, clock::millis, gap);
        List<Endpoint> endpoints = Stream.of(
                        sessions.all(),
                        new AdspendEndpoints(asker, clock::millis, issued).all(),
                        new FraudEndpoints(asker, fraud).all(),
                        new QualityEndpoints(asker).all(),
                        new SystemEndpoints(topologies).all(),
                        new ExperimentEndpoints(asker).all())
                .flatMap(List::stream)
                .toList();
        return new Queries(
                new Api(endpoints, sessions.pipes(), access.tokens(), access.perSecond(), clock::millis, meters),
                new PeerApi(questions(issued, fraud), asker, access.peerToken()));
    }

    private static List<Question> questions(IssuedQuestions issued, FraudQuestions fraud) {
        return Stream.of(
                        SessionEndpoints.questions(),
                        AdspendEndpoints.questions(issued),
                        FraudEndpoints.questions(fraud),
                        QualityEndpoints.questions(),
                        ExperimentEndpoints.questions())
                .flatMap(List::stream)
                .toList();
    }

    /**
     * How records are kept in stores.
     *
     * @param rules of fraud
     * @param alerts of fraud
     * @param statements of merchants
     * @param ledger entries of it
     */
    public record Kept(
            KeptRecords<FraudRule> rules,
            KeptRecords<FraudAlert> alerts,
            KeptRecords<Statement> statements,
            KeptRecords<LedgerEntry> ledger) {}

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
