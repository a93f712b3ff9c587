package io.weir.intake.admission.format;

import io.weir.intake.admission.EventLabel;
import io.weir.intake.admission.RawMessage;
import io.weir.intake.admission.validation.Findings;
import io.weir.intake.admission.validation.Text;
import io.weir.schemas.Campaign;
import io.weir.schemas.Client;
import io.weir.schemas.Event;
import io.weir.schemas.Origin;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** An event on its way from a raw message to a decision: what was read, and what is wrong with it. Mutable. */
public final class Draft {

    private static final JsonNode NO_PROPERTIES = JsonNodeFactory.instance.objectNode();

    private static final int LONGEST_LABEL = 128;

    private final RawMessage raw;
    private final Findings findings;
    private final Supplier<byte[]> value;
    private Event event;
    private String eventName = "";
    private String occurredAtPointer = "";
    private String customerPointer = "";
    private String ip;
    private Campaign campaign;
    private boolean enriched;
    private String planVersion;
    private String propertiesPointer = "/properties";
    private Supplier<? extends JsonNode> properties = () -> NO_PROPERTIES;

    /**
     * A draft of the whole message, or of one of its parts.
     *
     * @param base JSON pointer of the event in the message: empty, or {@code /batch/3}
     * @param value the event as a message of its own; asked only if it is refused or has no identifier
     */
    Draft(RawMessage raw, String base, Supplier<byte[]> value) {
        this.raw = raw;
        this.findings = new Findings(base);
        this.value = value;
    }

    /** A draft of the whole message. */
    static Draft ofWhole(RawMessage raw) {
        return new Draft(raw, "", raw::value);
    }

    /** Starts the event, with client and origin; the clock of the origin is set later. */
    Event begin() {
        begin(new Event());
        event.setClient(new Client());
        event.getClient().setIsBot(false);
        return event;
    }

    /** Takes an event; its origin is this message. */
    void begin(Event begun) {
        event = begun;
        event.setOrigin(new Origin(raw.topic(), raw.partition(), raw.offset(), Instant.EPOCH));
    }

    void called(String name) {
        eventName = name;
    }

    void happened(long millis, String pointer) {
        event.setOccurredAt(Instant.ofEpochMilli(millis));
        occurredAtPointer = pointer;
    }

    void by(String customerId, String pointer) {
        event.setCustomerId(customerId);
        customerPointer = pointer;
    }

    void from(String ipAddress) {
        ip = ipAddress;
    }

    void through(Campaign utm) {
        campaign = utm;
    }

    void alreadyEnriched() {
        enriched = true;
    }

    void planned(String pointer, Supplier<? extends JsonNode> json, String version) {
        propertiesPointer = pointer;
        properties = json;
        planVersion = version;
    }

    /** What is wrong with it. */
    public Findings findings() {
        return findings;
    }

    /** The event as a message of its own. */
    public byte[] value() {
        return value.get();
    }

    /** The event; null where nothing could be read. */
    public Event event() {
        return event;
    }

    /** Name in the tracking plan; empty where it could not be read. */
    public String eventName() {
        return eventName;
    }

    /** JSON pointer of the field that gave the event time. */
    public String occurredAtPointer() {
        return occurredAtPointer;
    }

    /** JSON pointer of the customer id. */
    public String customerPointer() {
        return customerPointer;
    }

    /** IP address as sent, or null. It must not leave intake. */
    public String ip() {
        return ip;
    }

    /** UTM parameters as sent, or null. */
    public Campaign campaign() {
        return campaign;
    }

    /** Whether the event comes from Weir itself and keeps its enrichment. */
    public boolean isEnriched() {
        return enriched;
    }

    /** Version of its contract that the event names, or null. */
    public String planVersion() {
        return planVersion;
    }

    /** JSON pointer, from the message's root, of what the tracking plan is asked about. */
    public String propertiesPointer() {
        return findings.base() + propertiesPointer;
    }

    /** What the tracking plan is asked about: the event's properties in Segment's form. */
    public JsonNode properties() {
        return properties.get();
    }

    /** What quality is counted by. */
    public EventLabel label() {
        Client client = event == null ? null : event.getClient();
        return client == null
                ? new EventLabel(raw.topic(), eventName, null, null)
                : new EventLabel(
                        raw.topic(), eventName, labelled(client.getLibrary()), labelled(client.getLibraryVersion()));
    }

    /** A label becomes part of a key. */
    private static String labelled(String text) {
        return text == null || text.length() <= LONGEST_LABEL ? text : Text.clean(text.substring(0, LONGEST_LABEL));
    }

    /** Identifier of the event, or null where it could not be read. */
    public String eventId() {
        return event == null ? null : event.getEventId();
    }

    @Override
    public String toString() {
        return "Draft[" + Objects.toString(eventName) + " at " + raw.topic() + "-" + raw.partition() + "@"
                + raw.offset() + "]";
    }
}
