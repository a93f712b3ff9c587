package io.weir.topology.runtime;

import io.javalin.config.JavalinConfig;
import io.weir.core.serde.AvroSerdes;
import io.weir.core.serde.KeptRecords;
import io.weir.core.settings.SettingsException;
import io.weir.core.topic.Topics;
import io.weir.fraud.FraudTopology;
import io.weir.query.Queries;
import io.weir.query.access.Tokens;
import io.weir.query.ask.HttpPeers;
import io.weir.query.state.Member;
import io.weir.sessionizer.SessionSettings;
import io.weir.topology.files.FileException;
import io.weir.topology.http.HttpSettings;
import io.weir.topology.http.QuerySettings;
import io.weir.topology.http.TlsSettings;
import io.weir.topology.tokens.TokenFile;
import io.weir.topology.yaml.YamlFileException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of a service answers queries: the state of its features, its peers, and who may ask. */
final class QueryServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueryServer.class);
    private static final String THIS_MACHINE = "127.0.0.1";
    private static final int PEER_TOKEN_BYTES = 32;

    private final RuntimeSettings runtime;
    private final HttpSettings reach;
    private final List<FeatureRun> runs;
    private final AtomicReference<Member> self = new AtomicReference<>();
    private final ExecutorService threads;
    private final Queries queries;

    /**
     * Wires; listens to nothing yet.
     *
     * @param runs the features, which may still be added to
     * @throws SettingsException if the file of tokens cannot be read
     */
    QueryServer(Deployment deployment, List<FeatureRun> runs) {
        this.runtime = deployment.runtime();
        this.runs = runs;
        QuerySettings settings = runtime.queries();
        Tokens tokens = tokens(settings);
        this.reach = reach(runtime.http(), tokens);
        this.threads = threads();
        // A token that nobody else has: a process that is alone is asked by nobody.
        String peerToken = settings.peerToken().orElseGet(QueryServer::random);
        this.queries = Queries.of(
                new RunningStates(self::get, runs, settings.mostLag(), new CopyLags(threads, settings.peerTimeout())),
                this::topologies,
                kept(deployment),
                new HttpPeers(
                        peerToken, settings.peerTimeout(), runtime.http().tls().map(TlsSettings::peers)),
                new Queries.Access(tokens, settings.perSecond(), peerToken),
                deployment.clock(),
                deployment.settings().get(SessionSettings.INACTIVITY_GAP),
                threads,
                deployment.meters());
    }

    private static Queries.Kept kept(Deployment deployment) {
        Topics topics = deployment.topics();
        AvroSerdes serdes = deployment.serdes();
        return new Queries.Kept(
                KeptRecords.of(topics, serdes, Topics.RULES),
                KeptRecords.of(topics, serdes, FraudTopology.ALERTS),
                KeptRecords.of(topics, serdes, Topics.STATEMENTS),
                KeptRecords.of(topics, serdes, Topics.LEDGER));
    }

    private Map<String, String> topologies() {
        Map<String, String> topologies = new LinkedHashMap<>();
        runs.forEach(run -> topologies.put(run.name(), run.topology().describe().toString()));
        return topologies;
    }

    private static Tokens tokens(QuerySettings settings) {
        if (settings.tokens().isEmpty()) {
            return Tokens.NONE;
        }
        try {
            return new Tokens(true, new TokenFile(settings.tokens().get())::tokens);
        } catch (FileException | YamlFileException e) {
            throw new SettingsException(QuerySettings.TOKENS.key() + ": " + e.getMessage());
        }
    }

    private static ExecutorService threads() {
        AtomicInteger number = new AtomicInteger();
        return Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "weir-query-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    private static String random() {
        byte[] bytes = new byte[PEER_TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Where is listened. */
    HttpSettings reach() {
        return reach;
    }

    /** To this machine alone while nobody need have a token. */
    private static HttpSettings reach(HttpSettings http, Tokens tokens) {
        if (tokens.required() || isThisMachine(http.host())) {
            return http;
        }
        LOG.warn(
                "Only this machine is answered, not {}: without {} anybody could read what visitors did",
                http.host(),
                QuerySettings.TOKENS.key());
        return http.on(THIS_MACHINE);
    }

    private static boolean isThisMachine(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            LOG.debug("{} is not known", host, e);
            return false;
        }
    }

    /** Adds the addresses. */
    void addTo(JavalinConfig config) {
        queries.addTo(config);
    }

    /** It listens to this port: other processes learn from the features where. */
    void answersAt(int port) {
        Member member = runtime.queries()
                .advertised()
                .map(address -> new Member(address.host(), address.port()))
                .orElseGet(() -> new Member(reachable(reach.host()), port));
        self.set(member);
        runs.forEach(run -> run.answersAt(member));
    }

    /** Who listens on every address is reached by the machine's name. */
    private static String reachable(String host) {
        try {
            return InetAddress.getByName(host).isAnyLocalAddress()
                    ? InetAddress.getLocalHost().getHostName()
                    : host;
        } catch (UnknownHostException e) {
            LOG.debug("The name of this machine is not known", e);
            return host;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
