package io.weir.sessionizer.identity;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values of the stores {@code identities} and {@code customers}. Numbers are varints; times are the distance to the one
 * before, the first to 1970.
 *
 * <pre>
 * a visitor's links:  version (1) | number of customers | customers (text) | number of links
 *                     | each link: index of its customer, first - first before, last - first
 * intervals:          version (1) | number | each: first - last before, last - first
 * </pre>
 */
final class IdentityCodec {

    private static final int VERSION = 1;

    private IdentityCodec() {}

    static byte[] encode(ByteWriter out, VisitorLinks links) {
        Map<String, Integer> customers = new LinkedHashMap<>();
        for (CustomerLink link : links.links()) {
            customers.putIfAbsent(link.customerId(), customers.size());
        }
        out.put(VERSION).varint(customers.size());
        customers.keySet().forEach(out::text);
        out.varint(links.links().size());
        long before = 0;
        for (CustomerLink link : links.links()) {
            out.varint(customers.get(link.customerId()))
                    .signed(link.first() - before)
                    .varint(link.last() - link.first());
            before = link.first();
        }
        return out.take();
    }

    static VisitorLinks decodeLinks(byte[] value) {
        ByteReader in = checked(value, IdentityStore.NAME);
        List<String> customers = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            customers.add(in.text());
        }
        List<CustomerLink> links = new ArrayList<>();
        long before = 0;
        for (int left = in.count(); left > 0; left--) {
            String customer = customers.get(in.count());
            long first = before + in.signed();
            links.add(new CustomerLink(customer, first, first + in.varint()));
            before = first;
        }
        return new VisitorLinks(links);
    }

    static byte[] encode(ByteWriter out, List<Interval> intervals) {
        write(out, intervals);
        return out.take();
    }

    static List<Interval> decodeIntervals(byte[] value) {
        return readIntervals(checked(value, CustomerStore.NAME));
    }

    /** The value of the repartition topic: the visitor (text) and its intervals. */
    static byte[] encode(ByteWriter out, CustomerVisitor visitor) {
        out.text(visitor.visitorId());
        write(out, visitor.intervals());
        return out.take();
    }

    static CustomerVisitor decodeVisitor(byte[] value) {
        ByteReader in = new ByteReader(value);
        String visitorId = in.text();
        return new CustomerVisitor(visitorId, readIntervals(checked(in, "customers' repartition topic")));
    }

    private static void write(ByteWriter out, List<Interval> intervals) {
        out.put(VERSION).varint(intervals.size());
        long before = 0;
        for (Interval interval : intervals) {
            out.signed(interval.first() - before).varint(interval.last() - interval.first());
            before = interval.last();
        }
    }

    private static List<Interval> readIntervals(ByteReader in) {
        List<Interval> intervals = new ArrayList<>();
        long before = 0;
        for (int left = in.count(); left > 0; left--) {
            long first = before + in.signed();
            Interval interval = new Interval(first, first + in.varint());
            intervals.add(interval);
            before = interval.last();
        }
        return intervals;
    }

    private static ByteReader checked(byte[] value, String where) {
        return checked(new ByteReader(value), where);
    }

    private static ByteReader checked(ByteReader in, String where) {
        int version = in.next();
        if (version != VERSION) {
            throw new IllegalStateException(where + ": expected values of version " + VERSION + ", found " + version
                    + "; reset the feature, or go back to the release that wrote it");
        }
        return in;
    }
}
