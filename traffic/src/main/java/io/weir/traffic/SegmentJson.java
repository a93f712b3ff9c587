package io.weir.traffic;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes envelopes by Segment's spec, in JSON, UTF-8; what is broken in the bytes is broken here. */
final class SegmentJson {
    private static final int DEPTH = 80;
    /** Between a device's sending and a collector's receiving, where the device does not say. */
    private static final long TRANSIT_MILLIS = 12;

    private final JsonFactory json = new JsonFactory();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(2_048);
    private final SegmentProperties properties = new SegmentProperties();
    private final Rng rng;

    /** @param rng for the bytes that mean nothing */
    SegmentJson(Rng rng) {
        this.rng = rng;
    }

    byte[] write(Envelope envelope) {
        out.reset();
        List<ShopEvent> events = envelope.events();
        Optional<Breakage> breakage = envelope.labels().get(0).breakage();
        try (JsonGenerator generator = json.createGenerator(ObjectWriteContext.empty(), out)) {
            if (events.size() == 1) {
                write(generator, events.get(0), envelope.receivedAt(), breakage.orElse(null));
            } else {
                generator.writeStartObject();
                generator.writeArrayPropertyStart("batch");
                for (ShopEvent event : events) {
                    write(generator, event, envelope.receivedAt(), null);
                }
                generator.writeEndArray();
                generator.writeStringProperty("sentAt", time(sentAt(events.get(0), envelope.receivedAt())));
                generator.writeEndObject();
            }
        }
        return breakage.map(this::broken).orElseGet(out::toByteArray);
    }

    private byte[] broken(Breakage breakage) {
        byte[] whole = out.toByteArray();
        return switch (breakage) {
            case TRUNCATED -> Arrays.copyOf(whole, (int) rng.between(whole.length / 5, whole.length * 4L / 5));
            case RANDOM_BYTES -> randomBytes();
            default -> whole;
        };
    }

    /** Begins with a byte with which no JSON text begins. */
    private byte[] randomBytes() {
        byte[] bytes = new byte[(int) rng.between(16, 200)];
        for (int i = 1; i < bytes.length; i++) {
            bytes[i] = (byte) rng.nextLong();
        }
        return bytes;
    }

    private void write(JsonGenerator json, ShopEvent event, long receivedAt, Breakage breakage) {
        Payload payload = event.payload();
        json.writeStartObject();
        json.writeStringProperty("type", type(event));
        json.writeStringProperty("messageId", event.eventId());
        if (breakage == Breakage.WRONG_TYPE) {
            json.writeObjectPropertyStart("anonymousId");
            json.writeStringProperty("id", event.visit().visitorId());
            json.writeEndObject();
        } else {
            optional(json, "anonymousId", event.visit().visitorId());
        }
        optional(json, "userId", event.customerId());
        times(json, event, receivedAt, breakage);
        if (payload instanceof Payload.PageShown page) {
            json.writeStringProperty("name", page.name());
            optional(json, "category", page.category());
        } else if (!isIdentify(payload)) {
            json.writeStringProperty("event", payload.eventName());
        }
        context(json, event);
        json.writeObjectPropertyStart(isIdentify(payload) ? "traits" : "properties");
        properties.write(json, event);
        if (breakage == Breakage.NESTED_TOO_DEEP) {
            nest(json);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static String type(ShopEvent event) {
        if (event.payload() instanceof Payload.PageShown) {
            return event.visit().device().isApp() ? "screen" : "page";
        }
        return isIdentify(event.payload()) ? "identify" : "track";
    }

    private static boolean isIdentify(Payload payload) {
        return payload.eventName().equals("identify");
    }

    private static void times(JsonGenerator json, ShopEvent event, long receivedAt, Breakage breakage) {
        if (breakage == Breakage.UNREADABLE_TIME) {
            json.writeStringProperty("timestamp", "yesterday");
        } else if (!event.visit().device().sendsDeviceTime()) {
            json.writeStringProperty("timestamp", time(event.occurredAt()));
        }
        json.writeStringProperty(
                "originalTimestamp", time(event.occurredAt() + event.visit().clockSkewMillis()));
        json.writeStringProperty("sentAt", time(sentAt(event, receivedAt)));
        json.writeStringProperty("receivedAt", time(receivedAt));
    }

    /** By the device's clock; without transit where event time is computed from it, which takes transit for nothing. */
    private static long sentAt(ShopEvent event, long receivedAt) {
        long transit = event.visit().device().sendsDeviceTime() ? 0 : TRANSIT_MILLIS;
        return receivedAt - transit + event.visit().clockSkewMillis();
    }

    private static void context(JsonGenerator json, ShopEvent event) {
        Visit visit = event.visit();
        Device device = visit.device();
        json.writeObjectPropertyStart("context");
        object(json, "library", "name", device.library(), "version", device.libraryVersion());
        if (device.isApp()) {
            object(json, "app", "name", device.app(), "version", device.appVersion());
        }
        optional(json, "userAgent", device.userAgent());
        optional(json, "ip", visit.ip());
        optional(json, "locale", visit.locale());
        PageRef page = event.page();
        if (page != null) {
            object(
                    json,
                    "page",
                    "url",
                    page.url(),
                    "path",
                    page.path(),
                    "title",
                    page.title(),
                    "referrer",
                    page.referrer(),
                    "page_id",
                    page.pageId(),
                    "parent_page_id",
                    page.parentPageId());
        }
        Campaign campaign = visit.campaign();
        if (campaign != null) {
            object(
                    json,
                    "campaign",
                    "source",
                    campaign.source(),
                    "medium",
                    campaign.medium(),
                    "name",
                    campaign.name(),
                    "term",
                    campaign.term(),
                    "content",
                    campaign.content());
        }
        json.writeEndObject();
    }

    private static void object(JsonGenerator json, String name, String... namesAndValues) {
        json.writeObjectPropertyStart(name);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            optional(json, namesAndValues[i], namesAndValues[i + 1]);
        }
        json.writeEndObject();
    }

    private static void optional(JsonGenerator json, String name, String value) {
        if (value != null) {
            json.writeStringProperty(name, value);
        }
    }

    private static void nest(JsonGenerator json) {
        for (int i = 0; i < DEPTH; i++) {
            json.writeObjectPropertyStart("in");
        }
        for (int i = 0; i < DEPTH; i++) {
            json.writeEndObject();
        }
    }

    private static String time(long millis) {
        return IsoTime.format(millis);
    }
}
