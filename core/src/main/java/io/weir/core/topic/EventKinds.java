package io.weir.core.topic;

import io.weir.core.bytes.EnumCodes;
import io.weir.schemas.EventKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Kinds of event, as they are stored and as settings name them. */
public final class EventKinds {

    /** How they are stored. */
    public static final EnumCodes<EventKind> CODES = new EnumCodes<>(
            EventKind.class,
            List.of(
                    EventKind.unknown,
                    EventKind.page_view,
                    EventKind.impression,
                    EventKind.click,
                    EventKind.video,
                    EventKind.purchase,
                    EventKind.exposure,
                    EventKind.app_signal,
                    EventKind.interaction));

    private EventKinds() {}

    /**
     * Reads kinds that are separated by commas.
     *
     * @param needed kinds that must be among them
     * @throws IllegalArgumentException if one is none that has a topic, or a needed one is missing
     */
    public static Set<EventKind> parse(String text, Set<EventKind> needed) {
        Set<EventKind> kinds = Arrays.stream(text.split(",", -1))
                .map(String::trim)
                .map(EventKind::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(EventKind.class)));
        if (!kinds.containsAll(needed) || kinds.contains(EventKind.unknown)) {
            throw new IllegalArgumentException(text);
        }
        return kinds;
    }
}
