package io.weir.fraud.hop;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.core.serde.KeptRecords;
import io.weir.fraud.hop.FraudInput.Counted;
import io.weir.fraud.hop.FraudInput.Listed;
import io.weir.fraud.hop.FraudInput.Ruled;
import io.weir.fraud.hop.FraudInput.Summed;
import io.weir.fraud.watch.Sighting;
import io.weir.schemas.FraudList;
import io.weir.schemas.FraudRule;

/**
 * The bytes of a {@link FraudInput} on the way to its task.
 *
 * <pre>
 * 1 byte        layout, 1
 * 1 byte        what it is: 1 rule, 2 list, 3 counted, 4 summed
 * rule, list    text id, varint length and the record in wire format; 0 and nothing if it is gone
 * counted       text rule, varint version, text key, the sighting, 1 byte: 1 and a signed number, or 2 and a text
 * summed        text rule, varint version, text key, signed hour, varint of, varint among
 * </pre>
 *
 * One for each thread: it keeps its buffer.
 */
public final class FraudInputCodec {

    private static final int LAYOUT = 1;
    private static final int RULE = 1;
    private static final int LIST = 2;
    private static final int COUNTED = 3;
    private static final int SUMMED = 4;
    private static final int NUMBER = 1;
    private static final int TEXT = 2;

    private final KeptRecords<FraudRule> rules;
    private final KeptRecords<FraudList> lists;
    private final ByteWriter out = new ByteWriter();

    /** Over the records of what owners write. */
    public FraudInputCodec(KeptRecords<FraudRule> rules, KeptRecords<FraudList> lists) {
        this.rules = rules;
        this.lists = lists;
    }

    /** The bytes of a rule. */
    public byte[] encode(Ruled ruled) {
        byte[] record = ruled.rule() == null ? new byte[0] : rules.encode(ruled.rule());
        return control(RULE, ruled.id(), record);
    }

    /** The bytes of a list. */
    public byte[] encode(Listed listed) {
        byte[] record = listed.list() == null ? new byte[0] : lists.encode(listed.list());
        return control(LIST, listed.name(), record);
    }

    private byte[] control(int what, String id, byte[] record) {
        out.put(LAYOUT).put(what).text(id);
        return out.varint(record.length).bytes(record).take();
    }

    /** The bytes of what counts for a rule. */
    public byte[] encode(Counted counted) {
        out.put(LAYOUT).put(COUNTED).text(counted.rule()).varint(counted.version());
        out.text(counted.key());
        counted.event().write(out);
        if (counted.amount() instanceof Long number) {
            out.put(NUMBER).signed(number);
        } else {
            out.put(TEXT).text((String) counted.amount());
        }
        return out.take();
    }

    /** The bytes of what was counted of an hour. */
    public byte[] encode(Summed summed) {
        out.put(LAYOUT).put(SUMMED).text(summed.rule()).varint(summed.version());
        out.text(summed.key()).signed(summed.hour());
        return out.varint(summed.of()).varint(summed.among()).take();
    }

    /**
     * Reads what was encoded.
     *
     * @throws IllegalStateException if another build wrote it in a layout that this one does not know
     */
    public FraudInput decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int layout = in.next();
        if (layout != LAYOUT) {
            throw new IllegalStateException("The internal topic of fraud has a record of layout " + layout
                    + ", expected " + LAYOUT + ": a newer build wrote it; run that build.");
        }
        int what = in.next();
        if (what == COUNTED) {
            return counted(in);
        }
        if (what == SUMMED) {
            return new Summed(in.text(), in.varint(), in.text(), in.signed(), in.varint(), in.varint());
        }
        String id = in.text();
        byte[] record = in.bytes(in.count());
        if (what == RULE) {
            return new Ruled(id, record.length == 0 ? null : rules.decode(record));
        }
        return new Listed(id, record.length == 0 ? null : lists.decode(record));
    }

    private static Counted counted(ByteReader in) {
        String rule = in.text();
        long version = in.varint();
        String key = in.text();
        Sighting event = Sighting.read(in);
        Object amount = in.next() == NUMBER ? (Object) in.signed() : in.text();
        return new Counted(rule, version, key, event, amount);
    }

    /** Whether it is a rule, which every task is told, and not what goes where its key belongs. */
    public static boolean isRule(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        in.next();
        return in.next() == RULE;
    }
}
