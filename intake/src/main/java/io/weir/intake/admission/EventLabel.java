package io.weir.intake.admission;

/**
 * What quality is counted by.
 *
 * @param source raw topic
 * @param eventName name in the tracking plan: that of a {@code track} call (a name of the Segment mapping is written as
 *     the mapping writes it), {@code page_view} for a page or screen, {@code identify}; empty where it could not be read
 * @param library collecting library, or null where unknown
 * @param libraryVersion its version, or null where unknown
 */
public record EventLabel(String source, String eventName, String library, String libraryVersion) {

    /** The label of a message of which nothing could be read. */
    public static EventLabel unread(String source) {
        return new EventLabel(source, "", null, null);
    }
}
