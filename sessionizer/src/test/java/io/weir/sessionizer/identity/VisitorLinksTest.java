package io.weir.sessionizer.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class VisitorLinksTest {

    private static final int TIMES = 60;

    @Test
    void aLinkThatGrowsStaysOne() {
        VisitorLinks links = links("A 10-20", "A 10-30", "A 5-12");

        assertThat(links).isEqualTo(known("A 5-30"));
    }

    @Test
    void linksOfOneCustomerThatTouchUnite() {
        assertThat(links("A 10-20", "A 20-30")).isEqualTo(known("A 10-30"));
        assertThat(links("A 10-20", "A 21-30")).isEqualTo(known("A 10-30"));
        assertThat(links("A 10-20", "A 22-30")).isEqualTo(known("A 10-20", "A 22-30"));
        assertThat(links("A 10-20", "A 30-40", "A 15-35")).isEqualTo(known("A 10-40"));
    }

    @Test
    void aSharedBrowserIsOneAfterTheOther() {
        assertThat(links("A 10-20", "B 30-40", "A 50-60")).isEqualTo(known("A 10-20", "B 30-40", "A 50-60"));
    }

    @Property
    void theOrderAndTheRepetitionOfReportsChangeNothing(
            @ForAll("reports") List<CustomerLink> reports, @ForAll Random random) {
        List<CustomerLink> shuffled = new ArrayList<>(reports);
        shuffled.addAll(reports.subList(0, reports.size() / 2));
        Collections.shuffle(shuffled, random);

        VisitorLinks result = VisitorLinks.NONE;
        for (CustomerLink report : shuffled) {
            result = result.with(report);
        }

        assertThat(result.links()).isEqualTo(millisecondByMillisecond(reports));
    }

    @Property
    void whatIsReplacedIsGoneAndNothingElse(
            @ForAll("reports") List<CustomerLink> reports, @ForAll("reports") List<CustomerLink> some) {
        long first = some.isEmpty() ? 20 : some.get(0).first();
        long last = first + 10;
        VisitorLinks all = VisitorLinks.NONE;
        for (CustomerLink report : reports) {
            all = all.with(report);
        }

        VisitorLinks result = all.without(first, last);

        assertThat(result.links()).isEqualTo(unions(reports, first, last));
    }

    @Test
    void oldNeighboursOfOneCustomerAreJoined() {
        VisitorLinks links = known("A 0-10", "A 20-30", "A 40-50", "A 60-70");

        assertThat(links.joinedBefore(51)).isEqualTo(known("A 0-50", "A 60-70"));
        assertThat(links.joinedBefore(10)).isSameAs(links);
    }

    @Test
    void anotherCustomerBetweenKeepsLinksApartForEver() {
        VisitorLinks between = known("A 0-10", "B 15-16", "A 20-30");
        VisitorLinks across = known("C 0-40", "A 5-10", "A 20-30");

        assertThat(between.joinedBefore(1000)).isEqualTo(between);
        assertThat(across.joinedBefore(1000)).isEqualTo(across);
    }

    @Property
    void joiningNeverGivesACustomerTheTimeOfAnother(@ForAll("reports") List<CustomerLink> reports) {
        VisitorLinks apart = VisitorLinks.NONE;
        for (CustomerLink report : reports) {
            apart = apart.with(report);
        }

        VisitorLinks joined = apart.joinedBefore(TIMES / 2);

        List<CustomerLink> before = apart.links();
        assertThat(joined.links()).isSortedAccordingTo(CustomerLink.BY_TIME);
        assertThat(before).allMatch(link -> joined.links().stream().anyMatch(j -> contains(j, link)));
        for (CustomerLink link : joined.links()) {
            for (int t = (int) link.first(); t <= link.last(); t++) {
                int time = t;
                boolean said = before.stream().anyMatch(b -> b.customerId().equals(link.customerId()) && at(b, time));
                boolean free = before.stream().noneMatch(b -> at(b, time));
                assertThat(said || free).isTrue();
            }
        }
    }

    @Test
    void whatEndedBeforeTheRetentionIsForgotten() {
        VisitorLinks links = known("A 0-10", "B 5-30", "A 20-29");

        assertThat(links.withoutBefore(30)).isEqualTo(known("B 5-30"));
        assertThat(links.withoutBefore(10)).isSameAs(links);
        assertThat(links.withoutBefore(31)).isEqualTo(VisitorLinks.NONE);
    }

    @Test
    void aboveTheBoundTheOldestNeighboursAreJoinedFirst() {
        VisitorLinks links = known("A 0-1", "B 10-11", "B 20-21", "A 30-31", "A 40-41");

        assertThat(links.bounded(5)).isSameAs(links);
        assertThat(links.bounded(4)).isEqualTo(known("A 0-1", "B 10-21", "A 30-31", "A 40-41"));
        assertThat(links.bounded(3)).isEqualTo(known("A 0-1", "B 10-21", "A 30-41"));
    }

    @Test
    void whereCustomersAlternateTheOldestOfOneAreJoined() {
        VisitorLinks links = known("A 0-1", "B 10-11", "A 20-21", "B 30-31");

        assertThat(links.bounded(3)).isEqualTo(known("A 0-21", "B 10-11", "B 30-31"));
    }

    @Test
    void whereEachCustomerIsThereOnceTheOldestIsForgotten() {
        VisitorLinks links = known("A 0-1", "B 10-11", "C 20-21");

        assertThat(links.bounded(2)).isEqualTo(known("B 10-11", "C 20-21"));
    }

    @Property
    void theCodecGivesBackWhatItWasGiven(@ForAll("anyLinks") List<CustomerLink> any) {
        VisitorLinks links = VisitorLinks.NONE;
        for (CustomerLink link : any) {
            links = links.with(link);
        }
        ByteWriter out = new ByteWriter();

        assertThat(IdentityCodec.decodeLinks(IdentityCodec.encode(out, links))).isEqualTo(links);
        for (Map.Entry<String, List<Interval>> customer : links.byCustomer().entrySet()) {
            CustomerVisitor visitor = new CustomerVisitor("v\0" + customer.getKey(), customer.getValue());
            assertThat(IdentityCodec.decodeVisitor(IdentityCodec.encode(out, visitor)))
                    .isEqualTo(visitor);
            assertThat(IdentityCodec.decodeIntervals(IdentityCodec.encode(out, customer.getValue())))
                    .isEqualTo(customer.getValue());
        }
    }

    @Provide
    Arbitrary<List<CustomerLink>> reports() {
        return Combinators.combine(
                        Arbitraries.of("A", "B", "C"),
                        Arbitraries.integers().between(0, TIMES - 10),
                        Arbitraries.integers().between(0, 9))
                .as((customer, first, length) -> new CustomerLink(customer, first, first + length))
                .list()
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<CustomerLink>> anyLinks() {
        long newest = 4_102_444_800_000L;
        return Combinators.combine(
                        Arbitraries.strings()
                                .withChars('\0', 'a', '\u00e9', '\u6f22')
                                .ofMaxLength(3),
                        Arbitraries.longs().between(0, newest),
                        Arbitraries.longs().between(0, newest))
                .as((customer, a, b) -> new CustomerLink(customer, Math.min(a, b), Math.max(a, b)))
                .list()
                .ofMaxSize(20);
    }

    /** The plain way: a bit for each customer and millisecond. */
    private static List<CustomerLink> millisecondByMillisecond(List<CustomerLink> reports) {
        return unions(reports, 1, 0);
    }

    private static List<CustomerLink> unions(List<CustomerLink> reports, long clearFrom, long clearTo) {
        Map<String, BitSet> times = new TreeMap<>();
        for (CustomerLink report : reports) {
            times.computeIfAbsent(report.customerId(), customer -> new BitSet())
                    .set((int) report.first(), (int) report.last() + 1);
        }
        List<CustomerLink> unions = new ArrayList<>();
        times.forEach((customer, bits) -> {
            if (clearTo >= clearFrom) {
                bits.clear((int) clearFrom, (int) clearTo + 1);
            }
            for (int first = bits.nextSetBit(0); first >= 0; first = bits.nextSetBit(bits.nextClearBit(first))) {
                unions.add(new CustomerLink(customer, first, bits.nextClearBit(first) - 1L));
            }
        });
        unions.sort(CustomerLink.BY_TIME);
        return unions;
    }

    private static boolean contains(CustomerLink outer, CustomerLink inner) {
        return outer.customerId().equals(inner.customerId())
                && outer.first() <= inner.first()
                && outer.last() >= inner.last();
    }

    private static boolean at(CustomerLink link, long time) {
        return link.first() <= time && time <= link.last();
    }

    private static VisitorLinks links(String... reports) {
        VisitorLinks links = VisitorLinks.NONE;
        for (CustomerLink report : known(reports).links()) {
            links = links.with(report);
        }
        return links;
    }

    /** Links written as {@code A 10-20}. */
    private static VisitorLinks known(String... written) {
        return new VisitorLinks(Arrays.stream(written)
                .map(text -> text.split("[ -]"))
                .map(part -> new CustomerLink(part[0], Long.parseLong(part[1]), Long.parseLong(part[2])))
                .toList());
    }
}
