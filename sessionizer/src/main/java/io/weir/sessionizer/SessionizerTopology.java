package io.weir.sessionizer;

import io.weir.core.feature.Feature;
import io.weir.core.feature.FeatureContext;
import io.weir.core.feature.TopicStreams;
import io.weir.core.state.StoreNote;
import io.weir.core.topic.Topic;
import io.weir.core.topic.Topics;
import io.weir.schemas.Event;
import io.weir.sessionizer.identity.CustomerProcessor;
import io.weir.sessionizer.identity.CustomerVisitor;
import io.weir.sessionizer.identity.CustomerVisitorSerde;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Events to sessions:
 *
 * <pre>
 * events.* ──▶ sessionize ──▶ sessions
 *                        ├──▶ sessions.late
 *                        ├──▶ identities
 *                        └──▶ (by customer) ──▶ the store of customers
 * </pre>
 */
public final class SessionizerTopology implements Feature {

    private static final String SOURCE = "events";
    private static final String SESSIONIZE = "sessionize";
    private static final String BY_CUSTOMER = "by-customer";
    private static final String KEEP_CUSTOMERS = "keep-customers";

    private final FeatureContext context;
    private final SessionSettings settings;

    /**
     * Reads its settings.
     *
     * @throws io.weir.core.settings.SettingsException if one is wrong
     */
    public SessionizerTopology(FeatureContext context) {
        this.context = context;
        this.settings = SessionSettings.of(context.settings());
    }

    @Override
    public String name() {
        return "sessionizer";
    }

    @Override
    public void addTo(StreamsBuilder builder) {
        Serde<String> key = Serdes.String();
        KStream<String, Event> events = builder.stream(
                sources(), Consumed.with(key, context.serdes().of(Event.class)).withName(SOURCE));

        TopicStreams streams = new TopicStreams(context);
        // One read and one write per event; what comes of it goes to the node that is named with it.
        KStream<String, Object> outcomes = events.process(new Sessionize(), Named.as(SESSIONIZE));

        streams.write(outcomes, Outputs.SESSIONS, Topics.SESSIONS);
        streams.write(outcomes, Outputs.LATE, Topics.LATE_EVENTS);
        streams.write(outcomes, Outputs.IDENTITIES, Topics.IDENTITIES);

        // Small records, a few for each session that knows its customer: the only ones that are re-keyed.
        outcomes.mapValues(CustomerVisitor.class::cast, Named.as(Outputs.CUSTOMERS))
                .repartition(Repartitioned.with(key, new CustomerVisitorSerde()).withName(BY_CUSTOMER))
                .process(new CustomerProcessor.Supplier(), Named.as(KEEP_CUSTOMERS));
    }

    @Override
    public Set<String> sources() {
        return context.topics().names(Topics.kinds().stream().map(Topics::of).toList());
    }

    @Override
    public Set<Topic<?>> sinks() {
        return Set.of(Topics.SESSIONS, Topics.LATE_EVENTS, Topics.IDENTITIES);
    }

    @Override
    public List<StoreNote> stores() {
        return SessionStores.notes(settings);
    }

    private final class Sessionize implements ProcessorSupplier<String, Event, String, Object> {

        private final Set<String> sources = sources();
        private final OpenSessions open = new OpenSessions(context.meters());

        @Override
        public Processor<String, Event, String, Object> get() {
            return new SessionProcessor(settings, context, sources, open);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return SessionStores.builders(settings);
        }
    }
}
