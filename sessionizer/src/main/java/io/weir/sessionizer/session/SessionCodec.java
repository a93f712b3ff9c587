package io.weir.sessionizer.session;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.core.bytes.EnumCodes;
import io.weir.schemas.CloseCause;
import java.util.ArrayList;
import java.util.List;

/**
 * A visitor's sessions as bytes. For one thread: the buffer is reused.
 *
 * <p>Numbers are varints (seven bits a byte, lowest first) unless said otherwise, texts their UTF-8 length + 1 and
 * UTF-8. A value is: version (1 byte); highest part; closeAt; expireAt; olderUntil; olderOpen (1 byte); number of
 * sessions; then each session:
 *
 * <pre>
 * flags          1 byte: 1 announced, 2 bot, 4 pages seen, 8 customer, 16 campaign
 * cause          1 byte: 0 for none, else 1 + code
 * opened, part, records
 * absorbed       number, then opened and part of each
 * first mark     time, event id
 * first touch    length, bytes
 * last mark      a mark
 * entry, exit    if flagged: a mark and a text each
 * customer       if flagged: a mark; number of customers; which of them is the last; then name, first, last of each
 * campaign       if flagged: a mark and a text
 * counts         one bit for each kind that occurred, then their numbers
 * takings        purchases; number of currencies; then name, length and bytes (two's complement) of each
 * pages          number, then 8 bytes each
 * </pre>
 *
 * A mark is 0 for the first event, 1 for the last, or 2, the time after the first and the event id: most of a session's
 * marks are of its first or last event, and ids are long. Times in customers are after the first as well.
 */
final class SessionCodec {

    private static final int VERSION = 1;

    private static final int ANNOUNCED = 1;
    private static final int BOT = 2;
    private static final int PAGES = 4;
    private static final int CUSTOMER = 8;
    private static final int CAMPAIGN = 16;

    private static final int AS_FIRST = 0;
    private static final int AS_LAST = 1;
    private static final int OWN = 2;

    private static final EnumCodes<CloseCause> CAUSES = new EnumCodes<>(
            CloseCause.class,
            List.of(
                    CloseCause.UNKNOWN,
                    CloseCause.INACTIVITY,
                    CloseCause.END_OF_INPUT,
                    CloseCause.MAX_DURATION,
                    CloseCause.MAX_EVENTS,
                    CloseCause.CAMPAIGN,
                    CloseCause.CUSTOMER_CHANGE,
                    CloseCause.MIDNIGHT));

    private final ByteWriter out = new ByteWriter();

    byte[] encode(VisitorSessions visitor) {
        out.put(VERSION)
                .varint(visitor.parts())
                .varint(visitor.closeAt())
                .varint(visitor.expireAt())
                .varint(visitor.olderUntil())
                .put(visitor.olderOpen() ? 1 : 0)
                .varint(visitor.sessions().size());
        for (SessionState session : visitor.sessions()) {
            write(session);
        }
        return out.take();
    }

    byte[] encode(SessionState session) {
        out.put(VERSION);
        write(session);
        return out.take();
    }

    VisitorSessions decode(byte[] value) {
        ByteReader in = opened(value);
        int parts = in.count();
        long closeAt = in.varint();
        long expireAt = in.varint();
        long olderUntil = in.varint();
        boolean olderOpen = in.next() == 1;
        int size = in.count();
        List<SessionState> sessions = new ArrayList<>(size + 1);
        for (int i = 0; i < size; i++) {
            sessions.add(read(in));
        }
        return new VisitorSessions(sessions, parts, closeAt, expireAt, olderUntil, olderOpen);
    }

    SessionState decodeOne(byte[] value) {
        return read(opened(value));
    }

    private static ByteReader opened(byte[] value) {
        ByteReader in = new ByteReader(value);
        int version = in.next();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "A session is stored in layout " + version + ", but this build reads layout " + VERSION
                            + ": run the build that wrote it, or reset the sessionizer.");
        }
        return in;
    }

    private void write(SessionState session) {
        SessionTotals totals = session.totals();
        out.put((session.announced() ? ANNOUNCED : 0)
                        | (totals.bot() ? BOT : 0)
                        | (totals.entry() != null ? PAGES : 0)
                        | (totals.customer() != null ? CUSTOMER : 0)
                        | (totals.campaign() != null ? CAMPAIGN : 0))
                .put(session.cause() == null ? 0 : 1 + CAUSES.of(session.cause()));
        write(session.id());
        out.varint(session.records()).varint(session.absorbed().size());
        for (SessionId absorbed : session.absorbed()) {
            write(absorbed);
        }
        Mark first = totals.first();
        byte[] touch = totals.touch().encoded();
        out.varint(first.at()).text(first.eventId()).varint(touch.length).bytes(touch);
        writeLast(first, totals.last());
        if (totals.entry() != null) {
            write(totals, totals.entry());
            write(totals, totals.exit());
        }
        if (totals.customer() != null) {
            writeCustomers(totals);
        }
        if (totals.campaign() != null) {
            write(totals, totals.campaign());
        }
        totals.counts().write(out);
        totals.takings().write(out);
        totals.pages().write(out);
    }

    private SessionState read(ByteReader in) {
        int flags = in.next();
        int cause = in.next();
        SessionId id = readId(in);
        int records = in.count();
        List<SessionId> absorbed = readIds(in);
        Mark first = new Mark(in.varint(), in.text());
        FirstTouch touch = FirstTouch.encoded(in.bytes(in.count()));
        Mark last = readMark(in, first, null);
        Marked entry = (flags & PAGES) == 0 ? null : readMarked(in, first, last);
        Marked exit = (flags & PAGES) == 0 ? null : readMarked(in, first, last);
        Marked customer = null;
        List<CustomerSpan> customers = List.of();
        if ((flags & CUSTOMER) != 0) {
            Mark mark = readMark(in, first, last);
            int count = in.count();
            int latest = in.count();
            customers = readCustomers(in, first.at(), count);
            customer = new Marked(mark, latest < count ? customers.get(latest).customer() : in.text());
        }
        Marked campaign = (flags & CAMPAIGN) == 0 ? null : readMarked(in, first, last);
        KindCounts counts = KindCounts.read(in);
        Takings takings = Takings.read(in);
        DistinctPages pages = DistinctPages.read(in);
        SessionTotals totals = new SessionTotals(
                first,
                touch,
                last,
                counts,
                entry,
                exit,
                pages,
                customer,
                campaign,
                customers,
                takings,
                (flags & BOT) != 0);
        return new SessionState(
                id,
                records,
                (flags & ANNOUNCED) != 0,
                cause == 0 ? null : CAUSES.constant(cause - 1),
                absorbed,
                totals);
    }

    private void write(SessionId id) {
        out.varint(id.openedAt()).varint(id.part());
    }

    private static SessionId readId(ByteReader in) {
        return new SessionId(in.varint(), in.count());
    }

    private static List<SessionId> readIds(ByteReader in) {
        int count = in.count();
        if (count == 0) {
            return List.of();
        }
        List<SessionId> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ids.add(readId(in));
        }
        return List.copyOf(ids);
    }

    private void write(SessionTotals totals, Marked marked) {
        writeMark(totals, marked.mark());
        out.text(marked.value());
    }

    private void writeMark(SessionTotals totals, Mark mark) {
        if (mark.equals(totals.last())) {
            out.put(AS_LAST);
        } else {
            writeLast(totals.first(), mark);
        }
    }

    private void writeLast(Mark first, Mark mark) {
        if (mark.equals(first)) {
            out.put(AS_FIRST);
        } else {
            out.put(OWN).varint(mark.at() - first.at()).text(mark.eventId());
        }
    }

    private static Mark readMark(ByteReader in, Mark first, Mark last) {
        return switch (in.next()) {
            case AS_FIRST -> first;
            case AS_LAST -> last;
            default -> new Mark(first.at() + in.varint(), in.text());
        };
    }

    private static Marked readMarked(ByteReader in, Mark first, Mark last) {
        return new Marked(readMark(in, first, last), in.text());
    }

    private void writeCustomers(SessionTotals totals) {
        long start = totals.startedAt();
        List<CustomerSpan> customers = totals.customers();
        String latest = totals.customer().value();
        int which = 0;
        while (which < customers.size() && !customers.get(which).customer().equals(latest)) {
            which++;
        }
        writeMark(totals, totals.customer().mark());
        out.varint(customers.size()).varint(which);
        for (CustomerSpan span : customers) {
            out.text(span.customer()).varint(span.first() - start).varint(span.last() - span.first());
        }
        if (which == customers.size()) {
            out.text(latest);
        }
    }

    private static List<CustomerSpan> readCustomers(ByteReader in, long start, int count) {
        List<CustomerSpan> spans = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String customer = in.text();
            long first = start + in.varint();
            spans.add(new CustomerSpan(customer, first, first + in.varint()));
        }
        return List.copyOf(spans);
    }
}
