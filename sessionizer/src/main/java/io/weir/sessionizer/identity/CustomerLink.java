package io.weir.sessionizer.identity;

import java.util.Comparator;

/**
 * A visitor was this customer, at least from the first to the last event that said so.
 *
 * @param customerId customer
 * @param first time of the first event, milliseconds UTC
 * @param last time of the last event, milliseconds UTC
 */
public record CustomerLink(String customerId, long first, long last) {

    static final Comparator<CustomerLink> BY_TIME = Comparator.comparingLong(CustomerLink::first)
            .thenComparingLong(CustomerLink::last)
            .thenComparing(CustomerLink::customerId);

    public CustomerLink {
        if (last < first) {
            throw new IllegalArgumentException("a link ends at " + last + " before it begins at " + first);
        }
    }

    /** Whether there is not a millisecond between two links of the same customer. */
    boolean touches(CustomerLink other) {
        return customerId.equals(other.customerId) && first <= other.last + 1 && other.first <= last + 1;
    }

    CustomerLink joined(CustomerLink other) {
        return new CustomerLink(customerId, Math.min(first, other.first), Math.max(last, other.last));
    }
}
