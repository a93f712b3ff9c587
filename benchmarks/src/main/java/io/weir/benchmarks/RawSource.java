package io.weir.benchmarks;

/** The raw topics that are filled. */
enum RawSource {
    AVRO("collector.avro", "avro"),
    SEGMENT_JSON("collector.json", "segment-json");

    private final String topic;
    private final String format;

    RawSource(String topic, String format) {
        this.topic = topic;
        this.format = format;
    }

    String topic() {
        return topic;
    }

    /** As the setting of a source names it. */
    String format() {
        return format;
    }
}
