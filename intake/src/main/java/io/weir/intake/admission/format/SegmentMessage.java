package io.weir.intake.admission.format;

import io.weir.intake.admission.RawMessage;
import io.weir.intake.admission.validation.Text;
import io.weir.schemas.Campaign;
import io.weir.schemas.Client;
import io.weir.schemas.DeadLetterReason;
import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import io.weir.schemas.Interaction;
import io.weir.schemas.PageView;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Maps one message of Segment's spec to an event. */
final class SegmentMessage {

    /** Name of a page or screen in the tracking plan; the same as of a collector that writes Avro. */
    static final String PAGE_VIEW = "page_view";

    private static final String IDENTIFY = "identify";
    private static final int COUNTRY_CODE_LENGTH = 2;
    private static final Set<String> PLACED_ELSEWHERE =
            Set.of("url", "path", "title", "referrer", "page_id", "parent_page_id", "name", "category");

    private final Fields root;
    private final Fields context;
    private final Draft draft;
    private final RawMessage raw;
    private final Event event;

    SegmentMessage(ObjectNode message, Draft draft, RawMessage raw) {
        this.root = new Fields(message, "", draft.findings());
        this.context = root.object("context");
        this.draft = draft;
        this.raw = raw;
        this.event = draft.begin();
    }

    void map() {
        client();
        identity();
        times();
        campaign();
        String type = root.text("type");
        if (type == null) {
            if (root.get("type") == null) {
                root.missing("type", "one of page, screen, track, identify");
            }
            return;
        }
        switch (type) {
            case "page", "screen" -> pageView();
            case "track" -> track();
            case "identify" -> identify();
            default ->
                draft.findings()
                        .add(
                                DeadLetterReason.UNSUPPORTED_TYPE,
                                "/type",
                                "one of page, screen, track, identify",
                                "another type");
        }
    }

    private void identity() {
        String id = root.identifier("messageId");
        boolean derived = root.get("messageId") == null;
        event.setEventId(derived ? UUID.nameUUIDFromBytes(draft.value()).toString() : id);
        String customer = root.identifier("userId");
        draft.by(customer, "/userId");
        if (root.get("anonymousId") != null) {
            event.setVisitorId(root.identifier("anonymousId"));
        } else if (customer != null) {
            event.setVisitorId(Visitors.of(customer, "/userId", draft.findings()));
        } else if (root.get("userId") == null) {
            root.missing("anonymousId", "anonymousId or userId");
        }
    }

    private void times() {
        Long timestamp = root.time("timestamp");
        Long original = root.time("originalTimestamp");
        Long sent = root.time("sentAt");
        Long received = root.time("receivedAt");
        long receivedAt = received != null ? received : raw.timestamp();
        event.setReceivedAt(Instant.ofEpochMilli(receivedAt));
        if (timestamp != null) {
            draft.happened(timestamp, "/timestamp");
        } else if (original == null) {
            draft.happened(receivedAt, "/receivedAt");
        } else {
            draft.happened(sent == null ? original : receivedAt - (sent - original), "/originalTimestamp");
        }
    }

    private void client() {
        Client client = event.getClient();
        Fields library = context.object("library");
        client.setLibrary(library.text("name"));
        client.setLibraryVersion(library.text("version"));
        Fields app = context.object("app");
        client.setApp(app.text("name"));
        client.setAppVersion(app.text("version"));
        client.setUserAgent(context.text("userAgent"));
        client.setLocale(context.text("locale"));
        String country = context.object("location").text("country");
        boolean isCode = country != null
                && country.length() == COUNTRY_CODE_LENGTH
                && country.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
        client.setCountry(isCode ? country.toUpperCase(Locale.ROOT) : null);
        draft.from(context.text("ip"));
    }

    private void campaign() {
        Fields utm = context.object("campaign");
        if (utm.node() != null) {
            draft.through(new Campaign(
                    utm.text("source"), utm.text("medium"), utm.text("name"), utm.text("term"), utm.text("content")));
        }
    }

    private void pageView() {
        Fields properties = root.object("properties");
        event.setPage(SegmentPage.read(context.object("page"), properties));
        event.setKind(EventKind.page_view);
        draft.called(PAGE_VIEW);
        String name = root.text("name");
        String category = root.text("category");
        event.setPageView(new PageView(
                name != null ? name : properties.text("name"),
                category != null ? category : properties.text("category"),
                Properties.of(properties.node(), PLACED_ELSEWHERE)));
        planned("/properties", withNames(properties.node()));
    }

    /** The contract of a page view also has its name and category, wherever they stand. */
    private ObjectNode withNames(ObjectNode properties) {
        ObjectNode named = JsonNodeFactory.instance.objectNode();
        for (String key : new String[] {"name", "category"}) {
            if (root.get(key) != null) {
                named.set(key, root.get(key));
            }
        }
        return properties == null ? named : named.setAll(properties);
    }

    private void identify() {
        event.setPage(SegmentPage.read(context.object("page"), null));
        boolean own = root.get("traits") != null;
        Fields traits = own ? root.object("traits") : context.object("traits");
        event.setKind(EventKind.interaction);
        draft.called(IDENTIFY);
        event.setInteraction(new Interaction(IDENTIFY, Properties.of(traits.node(), Set.of())));
        planned(own ? "/traits" : "/context/traits", traits.node());
    }

    private void track() {
        event.setPage(SegmentPage.read(context.object("page"), null));
        String sent = root.requiredIdentifier("event");
        Fields properties = root.object("properties");
        if (sent == null) {
            return;
        }
        SegmentEvent known = SegmentEvent.named(sent);
        draft.called(known.canonical(sent));
        new SegmentTrack(event, properties).map(known, sent);
        planned("/properties", properties.node());
    }

    private void planned(String pointer, ObjectNode properties) {
        JsonNode json = properties == null ? JsonNodeFactory.instance.objectNode() : properties;
        draft.planned(pointer, () -> json, contractVersion());
    }

    /** Segment Protocols' way to say which version of its contract an event follows. */
    private String contractVersion() {
        JsonNode version = context.object("protocols").get("event_version");
        if (version == null) {
            return null;
        }
        return version.isString() ? Text.clean(version.stringValue()) : version.isNumber() ? version.asString() : null;
    }
}
