package io.weir.adspend;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.adspend.merchant.MerchantOutput;
import io.weir.schemas.AdCounts;
import io.weir.schemas.AdInteraction;
import io.weir.schemas.CapState;
import io.weir.schemas.CapStatus;
import io.weir.schemas.LedgerEntry;
import io.weir.schemas.SpendNotice;
import io.weir.schemas.Statement;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Forwards what comes of a merchant's interactions, each to the node of its own. Counts are dated by their minute, what is
 * late by itself, everything else by when it was decided.
 */
final class Outputs implements MerchantOutput {

    static final String COUNTS = "minute-counts";
    static final String CAPS = "cap-states";
    static final String NOTICES = "spend-notices";
    static final String LEDGER = "ledger-entries";
    static final String LATE = "late-interactions";
    static final String STATEMENTS = "day-statements";

    private final ProcessorContext<String, Object> context;
    private long cappedHere;
    private final Counter capped;
    private final Counter reopened;
    private final Counter late;
    private final Counter statements;

    Outputs(ProcessorContext<String, Object> context, MeterRegistry meters) {
        this.context = context;
        this.capped = said(meters, "capped");
        this.reopened = said(meters, "open");
        this.late = Counter.builder("weir.adspend.late")
                .description("Interactions, or verdicts on them, that came too late to be billed or credited")
                .register(meters);
        this.statements = Counter.builder("weir.adspend.statements")
                .description("Statements that were issued")
                .register(meters);
    }

    private static Counter said(MeterRegistry meters, String state) {
        return Counter.builder("weir.adspend.caps")
                .description("How often it was said that a cap is reached, or open again")
                .tag("state", state)
                .register(meters);
    }

    /** How often it was said that a cap is reached, since this was made. */
    long capped() {
        return cappedHere;
    }

    @Override
    public void counts(AdCounts counts) {
        forward(counts.getMerchantId(), counts, counts.getMinute(), COUNTS);
    }

    @Override
    public void cap(CapStatus status) {
        if (status.getState() == CapState.CAPPED) {
            cappedHere++;
            capped.increment();
        } else {
            reopened.increment();
        }
        String key = MerchantKeys.of(status.getMerchantId(), status.getCampaignId());
        forward(key, status, status.getDecidedAt(), CAPS);
    }

    @Override
    public void notice(SpendNotice notice) {
        forward(notice.getMerchantId(), notice, notice.getDecidedAt(), NOTICES);
    }

    @Override
    public void ledger(LedgerEntry entry) {
        forward(entry.getMerchantId(), entry, entry.getDecidedAt(), LEDGER);
    }

    @Override
    public void late(AdInteraction interaction) {
        late.increment();
        forward(interaction.getMerchantId(), interaction, interaction.getOccurredAt(), LATE);
    }

    @Override
    public void statement(Statement statement) {
        statements.increment();
        String key = MerchantKeys.of(statement.getMerchantId(), statement.getDay());
        forward(key, statement, statement.getIssuedAt(), STATEMENTS);
    }

    private void forward(String key, Object value, Instant at, String node) {
        context.forward(new Record<>(key, value, Math.max(0, at.toEpochMilli())), node);
    }
}
