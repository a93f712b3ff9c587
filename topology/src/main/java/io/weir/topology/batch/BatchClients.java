package io.weir.topology.batch;

import io.weir.topology.runtime.ServiceClients;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * The clients of a feature in a batch: consumers that begin every partition of a task at once, so that the order of
 * records does not depend on the speed of the machine, and producers that know whether all they were given is committed.
 */
final class BatchClients extends ServiceClients {

    private final Set<CommitAwareProducer> producers = ConcurrentHashMap.newKeySet();

    /** Whether everything that was written so far is committed. */
    boolean allCommitted() {
        return producers.stream().allMatch(CommitAwareProducer::allCommitted);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        CommitAwareProducer producer = new CommitAwareProducer(config);
        producers.add(producer);
        return producer;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new EvenStartConsumer(config);
    }
}
