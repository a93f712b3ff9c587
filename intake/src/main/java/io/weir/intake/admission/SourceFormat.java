package io.weir.intake.admission;

/** How the messages of a source are written; in settings {@code segment-json}, {@code avro}, {@code weir-json}. */
public enum SourceFormat {
    /** Segment's spec as JSON: page, screen, track, identify, and batches of them. */
    SEGMENT_JSON,
    /** {@code CollectedEvent} in Confluent's wire format. */
    AVRO,
    /** {@code Event} as JSON, as Weir itself prints it. */
    WEIR_JSON
}
