package io.weir.sessionizer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.schemas.Event;
import io.weir.schemas.Session;
import io.weir.schemas.SessionStatus;
import io.weir.schemas.VisitorIdentities;
import io.weir.sessionizer.identity.CustomerVisitor;
import io.weir.sessionizer.identity.IdentityOutput;
import io.weir.sessionizer.session.SessionChange;
import io.weir.sessionizer.session.SessionRecords;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Forwards what the processor of events gives out, each to the node of its own. A session's records are dated by its last
 * event, late events by themselves, identities by the event time that the task has reached.
 */
final class Outputs implements IdentityOutput {

    static final String SESSIONS = "session-changes";
    static final String LATE = "late-events";
    static final String IDENTITIES = "visitor-identities";
    static final String CUSTOMERS = "customer-visitors";

    private final ProcessorContext<String, Object> context;
    private final LongSupplier eventTime;
    private final Map<SessionStatus, Counter> changes = new EnumMap<>(SessionStatus.class);

    /** @param eventTime that the task has reached, milliseconds UTC */
    Outputs(ProcessorContext<String, Object> context, MeterRegistry meters, LongSupplier eventTime) {
        this.context = context;
        this.eventTime = eventTime;
        for (SessionStatus status : SessionStatus.values()) {
            changes.put(
                    status,
                    Counter.builder("weir.sessions.records")
                            .description("Changes of sessions that were given out")
                            .tag("status", status.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
    }

    void session(String visitor, SessionChange change) {
        Session session = SessionRecords.of(visitor, change);
        changes.get(change.status()).increment();
        context.forward(new Record<>(visitor, session, session.getLastEventAt().toEpochMilli()), SESSIONS);
    }

    void late(Event event, long timestamp) {
        context.forward(new Record<>(event.getVisitorId(), event, timestamp), LATE);
    }

    @Override
    public void visitor(String visitorId, VisitorIdentities identities) {
        context.forward(new Record<>(visitorId, identities, eventTime.getAsLong()), IDENTITIES);
    }

    @Override
    public void customer(String customerId, CustomerVisitor visitor) {
        context.forward(new Record<>(customerId, visitor, eventTime.getAsLong()), CUSTOMERS);
    }
}
