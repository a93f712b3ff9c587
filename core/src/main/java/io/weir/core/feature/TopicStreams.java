package io.weir.core.feature;

import io.weir.core.topic.Topic;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * Streams from and to the topics of a deployment. Every node has the name that it is given, and its sink that name and
 * {@code -sink}: descriptions of the topology stay the same.
 *
 * @param context names and serdes
 */
public record TopicStreams(FeatureContext context) {

    /**
     * Reads topics of one kind of record.
     *
     * @param topics one or more
     */
    public <V extends SpecificRecord> KStream<String, V> read(
            StreamsBuilder builder, String node, Set<Topic<V>> topics) {
        Class<V> type = topics.iterator().next().type();
        return builder.stream(
                context.topics().names(topics),
                Consumed.with(Serdes.String(), context.serdes().of(type)).withName(node));
    }

    /** Writes to a topic what a processor forwards to this node. */
    public <V extends SpecificRecord> void write(KStream<String, ?> outcomes, String node, Topic<V> topic) {
        child(outcomes, node, topic.type()).to(context.topics().name(topic), produced(node, topic));
    }

    /** The same where the key alone does not decide the partition. */
    public <V extends SpecificRecord> void write(
            KStream<String, ?> outcomes, String node, Topic<V> topic, StreamPartitioner<String, Object> partitioner) {
        child(outcomes, node, topic.type())
                .to(context.topics().name(topic), produced(node, topic).withStreamPartitioner(partitioner));
    }

    private <V extends SpecificRecord> Produced<String, V> produced(String node, Topic<V> topic) {
        return Produced.with(Serdes.String(), context.serdes().of(topic)).withName(node + "-sink");
    }

    /** A node that a processor forwards to by its name. */
    public static <V> KStream<String, V> child(KStream<String, ?> stream, String node, Class<V> type) {
        return stream.mapValues(type::cast, Named.as(node));
    }

    /** An internal topic of bytes that are laid out by hand. */
    public static Repartitioned<String, byte[]> bytes(String name) {
        return Repartitioned.with(Serdes.String(), Serdes.ByteArray()).withName(name);
    }

    /** Every record to every partition: what all tasks must know. */
    public static StreamPartitioner<String, byte[]> everywhere() {
        return (topic, key, value, partitions) ->
                Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()));
    }
}
