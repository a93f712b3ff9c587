package io.weir.benchmarks;

import io.weir.core.topic.Topics;
import io.weir.embedded.BrokerProcess;
import io.weir.embedded.process.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A broker in a process of its own, so that what it costs is not the service's. */
final class Broker implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final short ONE_COPY = 1;

    private final ChildProcess process;
    private final int partitions;
    private final String address;
    private final Admin admin;

    private Broker(ChildProcess process, int partitions) {
        this.process = process;
        this.partitions = partitions;
        this.address = process.awaitLine(BrokerProcess.READY, START).replaceAll(".* ", "");
        this.admin = Admin.create(Map.of("bootstrap.servers", address));
    }

    /** Starts one that keeps all in a folder. */
    static Broker start(Path data, int partitions) {
        ChildProcess process = ChildProcess.java(BrokerProcess.class.getName())
                .jvmOptions("-Xmx1g")
                .arguments("--dir", data.resolve("broker").toString(), "--partitions", Integer.toString(partitions))
                .output(data.resolve("broker.log"))
                .start();
        try {
            return new Broker(process, partitions);
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
    }

    String address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    Admin admin() {
        return admin;
    }

    /** Creates topics that keep what is in them, whatever its time. */
    void create(List<String> names) throws ExecutionException, InterruptedException {
        create(names.stream().map(name -> topic(name, "delete")));
    }

    /** Creates all of Weir's topics. */
    void createAll(Topics names) throws ExecutionException, InterruptedException {
        create(Topics.all().stream()
                .map(topic -> topic(names.name(topic), topic.cleanup().policy())));
    }

    private void create(Stream<NewTopic> topics) throws ExecutionException, InterruptedException {
        List<NewTopic> all = topics.toList();
        admin.createTopics(all).all().get();
        // The controller has them then; whoever leads them says where they end once it does.
        new Lag(admin).ends(all.stream().map(NewTopic::name).toList());
    }

    private NewTopic topic(String name, String policy) {
        return new NewTopic(name, partitions, ONE_COPY).configs(Map.of("cleanup.policy", policy, "retention.ms", "-1"));
    }

    @Override
    public void close() {
        admin.close();
        process.close();
    }
}
