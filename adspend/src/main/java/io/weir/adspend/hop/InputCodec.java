package io.weir.adspend.hop;

import io.weir.adspend.account.Interaction;
import io.weir.adspend.account.InteractionKind;
import io.weir.adspend.budget.Budget;
import io.weir.adspend.hop.MerchantInput.Budgeted;
import io.weir.adspend.hop.MerchantInput.Delivered;
import io.weir.adspend.hop.MerchantInput.Judged;
import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.core.verdict.Verdict;
import io.weir.core.verdict.Verdicts;

/**
 * The bytes of a {@link MerchantInput} on the way to its merchant.
 *
 * <pre>
 * 1 byte      layout, 2; 1 without received_at
 * 1 byte      what it is: 1 delivered, 2 judged, 3 budgeted
 * delivered   1 byte late, then as {@link #write(Interaction, ByteWriter)}, then signed received_at minus occurred_at
 * judged      text event id, signed occurred_at, the verdict
 * budgeted    signed time of the record, the budget
 * </pre>
 *
 * One for each thread: it keeps its buffer.
 */
public final class InputCodec {

    private static final int LAYOUT = 2;
    private static final int WITHOUT_RECEIVED = 1;
    private static final int DELIVERED = 1;
    private static final int JUDGED = 2;
    private static final int BUDGETED = 3;

    private static final int KIND = 3;
    private static final int BOT = 4;
    private static final int PRICED = 8;

    private final ByteWriter out = new ByteWriter();

    /** The bytes of an input. */
    public byte[] encode(MerchantInput input) {
        out.put(LAYOUT);
        if (input instanceof Delivered delivered) {
            out.put(DELIVERED).put(delivered.late() ? 1 : 0);
            write(delivered.interaction(), out);
            out.signed(delivered.receivedAt() - delivered.interaction().occurredAt());
        } else if (input instanceof Judged judged) {
            out.put(JUDGED).text(judged.eventId()).signed(judged.occurredAt());
            Verdicts.NONE.with(judged.verdict()).write(out);
        } else {
            Budgeted budgeted = (Budgeted) input;
            out.put(BUDGETED).signed(budgeted.recordTime());
            budgeted.budget().write(out);
        }
        return out.take();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws IllegalStateException if another build wrote it in a layout that this one does not know
     */
    public static MerchantInput decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int layout = in.next();
        if (layout != LAYOUT && layout != WITHOUT_RECEIVED) {
            throw new IllegalStateException("The internal topic of ad spend has a record of layout " + layout
                    + ", expected " + LAYOUT + ": a newer build wrote it; run that build.");
        }
        return switch (in.next()) {
            case DELIVERED -> {
                boolean late = in.next() != 0;
                Interaction interaction = read(in);
                long delay = layout == WITHOUT_RECEIVED ? 0 : in.signed();
                yield new Delivered(interaction, late, interaction.occurredAt() + delay);
            }
            case JUDGED -> new Judged(in.text(), in.signed(), verdict(in));
            default -> {
                long recordTime = in.signed();
                yield new Budgeted(Budget.read(in), recordTime);
            }
        };
    }

    private static Verdict verdict(ByteReader in) {
        return Verdicts.read(in).only();
    }

    /** Writes an interaction: kind, robot and priced in a byte, event id, occurred_at, campaign, price, currency. */
    public static void write(Interaction interaction, ByteWriter out) {
        boolean priced = interaction.priceMicros() != null;
        out.put(InteractionKind.CODES.of(interaction.kind()) | (interaction.bot() ? BOT : 0) | (priced ? PRICED : 0));
        out.text(interaction.eventId()).signed(interaction.occurredAt()).text(interaction.campaign());
        if (priced) {
            out.varint(interaction.priceMicros()).text(interaction.currency());
        }
    }

    /** Reads what {@link #write} wrote. */
    public static Interaction read(ByteReader in) {
        int head = in.next();
        String eventId = in.text();
        long occurredAt = in.signed();
        String campaign = in.text();
        boolean priced = (head & PRICED) != 0;
        return new Interaction(
                eventId,
                InteractionKind.CODES.constant(head & KIND),
                occurredAt,
                campaign,
                priced ? Long.valueOf(in.varint()) : null,
                priced ? in.text() : null,
                (head & BOT) != 0);
    }
}
