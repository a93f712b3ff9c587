package io.weir.experiments;

import io.weir.core.error.DataFaultException;
import io.weir.core.verdict.Finding;
import io.weir.experiments.hop.UnitInput;
import io.weir.experiments.hop.UnitInput.Converted;
import io.weir.experiments.hop.UnitInput.Exposed;
import io.weir.experiments.hop.UnitInput.Judged;
import io.weir.experiments.unit.Conversion;
import io.weir.experiments.unit.Exposure;
import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import io.weir.schemas.Purchase;
import io.weir.schemas.Verdict;
import io.weir.schemas.VerdictSubject;
import java.util.Optional;

/** Reads from the topics what a unit's one writer takes in. */
final class UnitInputs {

    private UnitInputs() {}

    /** What an event is to its visitor. */
    static UnitInput of(Event event) {
        long at = event.getOccurredAt().toEpochMilli();
        io.weir.schemas.Exposure seen = event.getExposure();
        if (seen != null) {
            Exposure exposure = new Exposure(seen.getVariantId(), at, event.getEventId());
            boolean bot = event.getClient() != null && event.getClient().getIsBot();
            return new Exposed(seen.getExperimentId(), exposure, bot, event.getCustomerId());
        }
        Purchase purchase = event.getPurchase();
        String name =
                event.getInteraction() == null ? null : event.getInteraction().getName();
        Conversion conversion = purchase == null
                ? new Conversion(event.getEventId(), at, event.getKind(), name, merchant(event), null, 0, null)
                : new Conversion(
                        event.getEventId(),
                        at,
                        EventKind.purchase,
                        null,
                        purchase.getMerchantId(),
                        purchase.getOrderId(),
                        purchase.getAmountMicros(),
                        purchase.getCurrency());
        return new Converted(conversion, event.getCustomerId());
    }

    private static String merchant(Event event) {
        if (event.getImpression() != null) {
            return event.getImpression().getMerchantId();
        }
        if (event.getClick() != null) {
            return event.getClick().getMerchantId();
        }
        return event.getVideo() == null ? null : event.getVideo().getMerchantId();
    }

    /** A verdict on a visitor; empty if it is about something else. */
    static Optional<UnitInput> of(Verdict verdict) {
        if (verdict.getSubject() != VerdictSubject.VISITOR) {
            return Optional.empty();
        }
        Finding finding = switch (verdict.getStatus()) {
            case INVALID -> Finding.INVALID;
            case SUSPECT -> Finding.SUSPECT;
            case CLEARED -> Finding.CLEARED;
            case UNKNOWN ->
                throw new DataFaultException("status: a verdict of a kind that this version does not know.");
        };
        return Optional.of(new Judged(new io.weir.core.verdict.Verdict(
                verdict.getRule(),
                verdict.getVersion(),
                finding,
                verdict.getByHand(),
                verdict.getDecidedAt().toEpochMilli())));
    }
}
