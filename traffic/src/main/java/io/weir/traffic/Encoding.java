package io.weir.traffic;

/** In which form messages leave. */
public enum Encoding {
    /** Segment's spec, JSON in UTF-8. */
    SEGMENT_JSON,
    /** {@link io.weir.schemas.CollectedEvent}. */
    COLLECTED_EVENT
}
