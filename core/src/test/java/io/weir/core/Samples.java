package io.weir.core;

import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import io.weir.schemas.Interaction;
import io.weir.schemas.Origin;
import java.time.Instant;
import java.util.Map;

/** Records that several tests use. */
public final class Samples {

    private Samples() {}

    public static Event interaction() {
        return Event.newBuilder()
                .setEventId("e-1")
                .setKind(EventKind.interaction)
                .setOccurredAt(Instant.parse("2026-01-31T12:00:00.120Z"))
                .setReceivedAt(Instant.parse("2026-01-31T12:00:01Z"))
                .setVisitorId("v-ü")
                .setOrigin(new Origin("collector.web", 3, 42L, Instant.parse("2026-01-31T12:00:00.120Z")))
                .setInteraction(new Interaction(
                        "Product Added", Map.of("quantity", 2L, "price", 9.5, "gift", true, "sku", "s-1")))
                .build();
    }
}
