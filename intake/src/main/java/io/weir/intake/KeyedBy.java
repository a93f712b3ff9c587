package io.weir.intake;

/** What the keys of a raw topic are. */
public enum KeyedBy {
    /** Anything, or nothing: its events are re-keyed by visitor. */
    NONE,
    /** The visitor id as UTF-8, placed by Java's partitioner: its events stay where they are. */
    VISITOR
}
