package io.weir.topology.demo;

import io.weir.schemas.CapCause;
import io.weir.schemas.CapState;
import io.weir.schemas.CapStatus;
import io.weir.schemas.Statement;
import io.weir.topology.terminal.Terminal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/** What the demo shows of ad spend: how many caps are reached, the last that opened again, the last statement. */
final class AdSpendLines {

    private final Map<String, CapState> states = new HashMap<>();
    private String reached = "none yet";
    private String reopened = "none yet";
    private String statement = "none yet";

    void add(CapStatus status) {
        String who = status.getCampaignId() == null
                ? status.getMerchantId()
                : status.getMerchantId() + "|" + status.getCampaignId();
        states.put(who, status.getState());
        if (status.getState() == CapState.CAPPED) {
            reached = who + " at " + units(status.getCapMicros());
        } else if (status.getCause() != CapCause.FIRST_SEEN) {
            reopened = who + " ("
                    + status.getCause().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")";
        }
    }

    void add(Statement issued) {
        statement = "%s on %s: %s impressions, %s clicks, %s %s billed, %s absorbed, %s invalid"
                .formatted(
                        issued.getMerchantId(),
                        issued.getDay(),
                        Terminal.grouped(issued.getImpressions()),
                        Terminal.grouped(issued.getClicks()),
                        units(issued.getBilledMicros()),
                        issued.getCurrency(),
                        units(issued.getAbsorbedMicros()),
                        units(issued.getInvalidMicros()));
    }

    /** Hands over each line: what it is, and its text. */
    void each(BiConsumer<String, String> line) {
        long capped = states.values().stream().filter(CapState.CAPPED::equals).count();
        line.accept(
                "caps", capped + " of " + states.size() + " reached   last: " + reached + "   reopened: " + reopened);
        line.accept("statement", statement);
    }

    private static String units(long micros) {
        return BigDecimal.valueOf(micros, 6).setScale(2, RoundingMode.HALF_EVEN).toPlainString();
    }
}
