package io.weir.topology.batch;

import io.weir.topology.files.RecordTime;

/** What a line of a recorded file is. */
public enum InputFormat {
    /** A message of Segment's spec. */
    SEGMENT_JSON("segment-json"),
    /** An event as {@code weir tail} prints it. */
    WEIR_JSON("weir-json");

    private final String written;

    InputFormat(String written) {
        this.written = written;
    }

    /** The timestamps that records of such messages get. */
    RecordTime recordTime() {
        return this == SEGMENT_JSON ? RecordTime.ofSegment() : new RecordTime("received_at", "occurred_at");
    }

    /** As a user writes it. */
    @Override
    public String toString() {
        return written;
    }
}
