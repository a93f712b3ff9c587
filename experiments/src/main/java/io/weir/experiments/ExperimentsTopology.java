package io.weir.experiments;

import io.micrometer.core.instrument.Counter;
import io.weir.core.bytes.ByteWriter;
import io.weir.core.feature.Feature;
import io.weir.core.feature.FeatureContext;
import io.weir.core.feature.TopicStreams;
import io.weir.core.state.StoreNote;
import io.weir.core.topic.Topic;
import io.weir.core.topic.Topics;
import io.weir.experiments.book.UnitStores;
import io.weir.experiments.definition.Definition;
import io.weir.experiments.hop.ExperimentInput;
import io.weir.experiments.hop.UnitInput;
import io.weir.experiments.hop.UnitInput.Defined;
import io.weir.experiments.hop.UnitInputCodec;
import io.weir.experiments.result.ResultBook;
import io.weir.schemas.Event;
import io.weir.schemas.ExperimentDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/** Experiments: exposures joined to what units do afterwards, and what that says of the variants. */
public final class ExperimentsTopology implements Feature {

    private final FeatureContext context;
    private final ExperimentSettings settings;
    private final TopicStreams streams;
    private final Counter late;

    /**
     * Reads its settings.
     *
     * @throws io.weir.core.settings.SettingsException if one is wrong
     */
    public ExperimentsTopology(FeatureContext context) {
        this.context = context;
        this.settings = ExperimentSettings.of(context.settings());
        this.streams = new TopicStreams(context);
        this.late = Counter.builder("weir.experiments.late")
                .description("Events that came too late to count")
                .register(context.meters());
    }

    @Override
    public String name() {
        return "experiments";
    }

    @Override
    public void addTo(StreamsBuilder builder) {
        KStream<String, Dated> definitions = streams.read(builder, "definitions", Set.of(Topics.DEFINITIONS))
                .process(Reading.by(this::defined), Named.as("define"));

        // Every task of visitors is told of every definition, and tells its task of customers.
        KStream<String, UnitInput> everywhere = definitions
                .mapValues(Dated::forUnits, Named.as("for-units"))
                .repartition(
                        TopicStreams.bytes("definitions-everywhere").withStreamPartitioner(TopicStreams.everywhere()))
                .mapValues(UnitInputCodec::decode, Named.as("decode-definitions"));
        KStream<String, UnitInput> events =
                streams.read(builder, "events", events()).process(Reading.by(this::event), Named.as("to-visitors"));
        KStream<String, UnitInput> verdicts = streams.read(builder, "verdicts", Set.of(Topics.VISITOR_VERDICTS))
                .process(Reading.by(record -> UnitInputs.of(record.value())), Named.as("to-verdicts"));

        KStream<String, byte[]> visitors = everywhere
                .merge(events, Named.as("with-events"))
                .merge(verdicts, Named.as("with-verdicts"))
                .process(new CountUnits(UnitStores.VISITORS), Named.as("count-visitors"));

        // What concerns experiments on customers goes on to the customer's task.
        KStream<String, byte[]> customers = TopicStreams.child(visitors, UnitProcessor.TO_CUSTOMERS, byte[].class)
                .repartition(TopicStreams.bytes("by-customer").withStreamPartitioner(byCustomer()))
                .mapValues(UnitInputCodec::decode, Named.as("decode-customers"))
                .process(new CountUnits(UnitStores.CUSTOMERS), Named.as("count-customers"));

        // Few and small: what each task has added up, four times a second, to the one writer of the experiment. A topic
        // for each, since one would make a single task of visitors and customers.
        KStream<String, Object> outcomes = TopicStreams.child(
                        visitors, UnitProcessor.totals(UnitStores.VISITORS), byte[].class)
                .repartition(TopicStreams.bytes("visitors-by-experiment"))
                .merge(
                        TopicStreams.child(customers, UnitProcessor.totals(UnitStores.CUSTOMERS), byte[].class)
                                .repartition(TopicStreams.bytes("customers-by-experiment")),
                        Named.as("with-customers"))
                .merge(
                        definitions
                                .mapValues(Dated::forResults, Named.as("for-results"))
                                .repartition(TopicStreams.bytes("definitions-by-experiment")),
                        Named.as("with-definitions"))
                .process(new GiveOut(), Named.as("give-out"));

        streams.write(outcomes, ResultProcessor.RESULTS, Topics.RESULTS);
        streams.write(outcomes, ResultProcessor.ALERTS, Topics.EXPERIMENT_ALERTS);
    }

    /** A definition, and when its weights count. */
    private record Dated(Definition definition, long since) {

        byte[] forUnits() {
            return new UnitInputCodec().encode(new Defined(definition, since, 0));
        }

        byte[] forResults() {
            return ExperimentInput.defined(definition, since, new ByteWriter());
        }
    }

    private Optional<Dated> defined(Record<String, ExperimentDefinition> record) {
        Definition definition = Definitions.of(record.key(), record.value(), settings.kinds());
        return Optional.of(new Dated(definition, record.timestamp()));
    }

    /** An event is late by what its raw partition's clock was ahead of it; then it does not count. */
    private Optional<UnitInput> event(Record<String, Event> record) {
        Event event = record.value();
        long behind = event.getOrigin().getClock().toEpochMilli()
                - event.getOccurredAt().toEpochMilli();
        if (behind > settings.lateness().toMillis()) {
            late.increment();
            return Optional.empty();
        }
        return Optional.of(UnitInputs.of(event));
    }

    /** A definition goes to the task that it names; anything else to where its customer's key belongs. */
    private static StreamPartitioner<String, byte[]> byCustomer() {
        return (topic, key, value, partitions) -> {
            OptionalInt partition = UnitInputCodec.partition(value);
            return partition.isPresent() ? Optional.of(Set.of(partition.getAsInt())) : Optional.empty();
        };
    }

    private Set<Topic<Event>> events() {
        return settings.kinds().stream().map(Topics::of).collect(Collectors.toSet());
    }

    @Override
    public Set<String> sources() {
        Set<Topic<?>> topics = new HashSet<>(events());
        topics.add(Topics.DEFINITIONS);
        topics.add(Topics.VISITOR_VERDICTS);
        return context.topics().names(topics);
    }

    @Override
    public Set<Topic<?>> sinks() {
        return Set.of(Topics.RESULTS, Topics.EXPERIMENT_ALERTS);
    }

    @Override
    public List<StoreNote> stores() {
        return Stream.of(UnitStores.VISITORS.notes(), UnitStores.CUSTOMERS.notes(), ResultBook.notes())
                .flatMap(List::stream)
                .toList();
    }

    private final class CountUnits implements ProcessorSupplier<String, UnitInput, String, byte[]> {

        private final UnitStores stores;

        CountUnits(UnitStores stores) {
            this.stores = stores;
        }

        @Override
        public Processor<String, UnitInput, String, byte[]> get() {
            return new UnitProcessor(settings, context, stores, sources());
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return stores.builders();
        }
    }

    private final class GiveOut implements ProcessorSupplier<String, byte[], String, Object> {

        @Override
        public Processor<String, byte[], String, Object> get() {
            return new ResultProcessor(context);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return ResultBook.builders();
        }
    }
}
