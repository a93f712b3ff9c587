package io.weir.sessionizer.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.VisitorIdentities;
import io.weir.sessionizer.bytes.OpenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdentityStoreTest {

    private static final long NOW = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final Said said = new Said();
    private OpenStore open;
    private IdentityStore store;

    @BeforeEach
    void open() {
        open = new OpenStore(IdentityStore.builder());
        store = new IdentityStore(open.keyValue(), new IdentitySettings(Duration.ofDays(7), Duration.ofDays(400)));
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void aNewCustomerIsSaidByVisitorAndByCustomer() {
        seen("v", link("A", NOW, NOW + 5), link("B", NOW + 1, NOW + 2));

        assertThat(said.visitors).containsExactly("v: A +0..+5, B +1..+2");
        assertThat(said.customers).containsExactlyInAnyOrder("A: v +0..+5", "B: v +1..+2");
        assertThat(store.identities().of("v")).containsExactly(link("A", NOW, NOW + 5), link("B", NOW + 1, NOW + 2));
    }

    @Test
    void whatChangesNothingIsNotSaid() {
        seen("v", link("A", NOW, NOW + 5));
        said.clear();

        seen("v", link("A", NOW + 1, NOW + 5));
        seen("v");

        assertThat(said.visitors).isEmpty();
        assertThat(said.customers).isEmpty();
    }

    @Test
    void aLinkThatGrowsIsSaidOfItsCustomerAlone() {
        seen("v", link("A", NOW, NOW + 5), link("B", NOW + 6, NOW + 7));
        said.clear();

        seen("v", link("B", NOW + 6, NOW + 9));

        assertThat(said.visitors).containsExactly("v: A +0..+5, B +6..+9");
        assertThat(said.customers).containsExactly("B: v +6..+9");
    }

    @Test
    void aDividedSessionTakesThePlaceOfTheWhole() {
        seen("v", link("A", NOW, NOW + 9), link("B", NOW + 4, NOW + 4));
        said.clear();

        store.replaced(
                "v",
                NOW,
                NOW + 9,
                List.of(link("A", NOW, NOW + 2), link("C", NOW + 4, NOW + 4), link("A", NOW + 7, NOW + 9)),
                NOW,
                said);

        assertThat(said.visitors).containsExactly("v: A +0..+2, C +4..+4, A +7..+9");
        assertThat(said.customers)
                .containsExactlyInAnyOrder("A: v +0..+2 +7..+9", "C: v +4..+4", "B: v nothing any more");
    }

    @Test
    void aVisitorOfWhomNothingIsLeftIsForgotten() {
        seen("v", link("A", NOW, NOW + 9));
        said.clear();

        store.replaced("v", NOW, NOW + 9, List.of(), NOW, said);

        assertThat(said.visitors).containsExactly("v: forgotten");
        assertThat(said.customers).containsExactly("A: v nothing any more");
        assertThat(store.identities().of("v")).isEmpty();
        assertThat(open.entries()).isZero();
    }

    @Test
    void linksAreJoinedWhenOlderThanTheDetail() {
        seen("v", link("A", NOW, NOW + 1));
        seen("v", link("A", NOW + DAY, NOW + DAY + 1));
        said.clear();

        store.seen("v", List.of(link("A", NOW + 9 * DAY, NOW + 9 * DAY)), NOW + 9 * DAY, said);

        assertThat(store.identities().of("v"))
                .containsExactly(link("A", NOW, NOW + DAY + 1), link("A", NOW + 9 * DAY, NOW + 9 * DAY));
    }

    @Test
    void aSweepGoesRoundInStepsAndForgetsWhoHasNotComeForLong() {
        seen("v-1", link("A", NOW, NOW));
        seen("v-2", link("A", NOW + 500 * DAY, NOW + 500 * DAY));
        seen("v-3", link("A", NOW, NOW));
        said.clear();

        store.sweep(NOW + 400 * DAY, 2, said);
        store.sweep(NOW + 400 * DAY, 2, said);
        assertThat(said.visitors).isEmpty();

        store.sweep(NOW + 400 * DAY + 1, 2, said);
        assertThat(said.visitors).containsExactly("v-1: forgotten");

        store.sweep(NOW + 400 * DAY + 1, 2, said);
        assertThat(said.visitors).containsExactly("v-1: forgotten", "v-3: forgotten");
        assertThat(said.customers).containsExactly("A: v-1 nothing any more", "A: v-3 nothing any more");
        assertThat(store.identities().of("v-2")).hasSize(1);
    }

    @Test
    void aSharedTerminalKeepsABoundedNumberOfLinks() {
        for (int customer = 0; customer < IdentitySettings.MOST_LINKS + 5; customer++) {
            seen("kiosk", link("c-" + customer, NOW + customer * 10L, NOW + customer * 10L + 1));
        }

        List<CustomerLink> links = store.identities().of("kiosk");
        assertThat(links).hasSize(IdentitySettings.MOST_LINKS);
        assertThat(links.get(0)).isEqualTo(link("c-5", NOW + 50, NOW + 51));
    }

    private void seen(String visitor, CustomerLink... links) {
        store.seen(visitor, List.of(links), NOW, said);
    }

    private static CustomerLink link(String customer, long first, long last) {
        return new CustomerLink(customer, first, last);
    }

    /** What was said, written down with times from {@link #NOW}. */
    private static final class Said implements IdentityOutput {

        private final List<String> visitors = new ArrayList<>();
        private final List<String> customers = new ArrayList<>();

        @Override
        public void visitor(String visitorId, VisitorIdentities identities) {
            if (identities == null) {
                visitors.add(visitorId + ": forgotten");
                return;
            }
            assertThat(identities.getVisitorId()).isEqualTo(visitorId);
            visitors.add(visitorId + ": "
                    + String.join(
                            ", ",
                            identities.getLinks().stream()
                                    .map(link -> link.getCustomerId() + " "
                                            + times(
                                                    link.getFirstSeenAt().toEpochMilli(),
                                                    link.getLastSeenAt().toEpochMilli()))
                                    .toList()));
        }

        @Override
        public void customer(String customerId, CustomerVisitor visitor) {
            List<String> intervals = visitor.intervals().stream()
                    .map(interval -> times(interval.first(), interval.last()))
                    .toList();
            customers.add(customerId + ": " + visitor.visitorId() + " "
                    + (intervals.isEmpty() ? "nothing any more" : String.join(" ", intervals)));
        }

        void clear() {
            visitors.clear();
            customers.clear();
        }

        private static String times(long first, long last) {
            return "+" + (first - NOW) + "..+" + (last - NOW);
        }
    }
}
