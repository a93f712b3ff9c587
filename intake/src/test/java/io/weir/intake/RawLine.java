package io.weir.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;

/** A raw Segment message in the making: a test says what it is about, the rest is usual. */
record RawLine(
        String topic,
        String key,
        String messageId,
        String visitorId,
        String eventName,
        String properties,
        String version,
        Instant occurredAt,
        Instant loggedAt,
        String replays) {

    static RawLine page(String messageId, String visitorId) {
        return new RawLine(
                IntakeHarness.WEB,
                null,
                messageId,
                visitorId,
                null,
                "{}",
                "1.0",
                IntakeHarness.START,
                IntakeHarness.START,
                null);
    }

    static RawLine track(String eventName, String messageId, String visitorId) {
        RawLine page = page(messageId, visitorId);
        return new RawLine(
                page.topic, null, messageId, visitorId, eventName, "{}", "1.0", page.occurredAt, page.loggedAt, null);
    }

    RawLine to(String other) {
        return new RawLine(
                other, key, messageId, visitorId, eventName, properties, version, occurredAt, loggedAt, replays);
    }

    RawLine keyed(String other) {
        return new RawLine(
                topic, other, messageId, visitorId, eventName, properties, version, occurredAt, loggedAt, replays);
    }

    RawLine with(String json) {
        return new RawLine(topic, key, messageId, visitorId, eventName, json, version, occurredAt, loggedAt, replays);
    }

    RawLine version(String other) {
        return new RawLine(
                topic, key, messageId, visitorId, eventName, properties, other, occurredAt, loggedAt, replays);
    }

    /** When it happened. */
    RawLine at(Instant time) {
        return new RawLine(topic, key, messageId, visitorId, eventName, properties, version, time, loggedAt, replays);
    }

    /** Timestamp of the raw record. */
    RawLine logged(Instant time) {
        return new RawLine(topic, key, messageId, visitorId, eventName, properties, version, occurredAt, time, replays);
    }

    RawLine replayed(String times) {
        return new RawLine(
                topic, key, messageId, visitorId, eventName, properties, version, occurredAt, loggedAt, times);
    }

    String json() {
        return "{\"type\":\"" + (eventName == null ? "page" : "track") + "\""
                + (eventName == null ? "" : ",\"event\":\"" + eventName + "\"")
                + ",\"messageId\":\"" + messageId + "\""
                + (visitorId == null ? "" : ",\"anonymousId\":\"" + visitorId + "\"")
                + ",\"timestamp\":\"" + occurredAt + "\""
                + ",\"properties\":" + properties
                + ",\"context\":{\"library\":{\"name\":\"analytics.js\",\"version\":\"" + version + "\"}}}";
    }

    TestRecord<byte[], byte[]> toRecord() {
        RecordHeaders headers = new RecordHeaders();
        if (replays != null) {
            headers.add("weir-replays", replays.getBytes(UTF_8));
        }
        return new TestRecord<>(key == null ? null : key.getBytes(UTF_8), json().getBytes(UTF_8), headers, loggedAt);
    }
}
