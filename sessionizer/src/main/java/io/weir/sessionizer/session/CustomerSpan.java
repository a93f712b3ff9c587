package io.weir.sessionizer.session;

import java.util.ArrayList;
import java.util.List;

/**
 * When, within one session, a visitor was a customer.
 *
 * @param customer id of the customer
 * @param first time of the first event that names the customer, milliseconds UTC
 * @param last time of the last one
 */
public record CustomerSpan(String customer, long first, long last) {

    /** A shared machine's session grows no further; the first ids by name are kept, so that order does not matter. */
    static final int MOST = 100;

    /** Both lists' spans, those of one customer joined; ordered by customer. */
    static List<CustomerSpan> union(List<CustomerSpan> a, List<CustomerSpan> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isEmpty() ? b : a;
        }
        List<CustomerSpan> union = new ArrayList<>(a.size() + 1);
        int i = 0;
        int j = 0;
        while ((i < a.size() || j < b.size()) && union.size() < MOST) {
            int order =
                    i == a.size() ? 1 : j == b.size() ? -1 : a.get(i).customer.compareTo(b.get(j).customer);
            if (order == 0) {
                union.add(a.get(i++).joined(b.get(j++)));
            } else {
                union.add(order < 0 ? a.get(i++) : b.get(j++));
            }
        }
        return List.copyOf(union);
    }

    private CustomerSpan joined(CustomerSpan other) {
        return new CustomerSpan(customer, Math.min(first, other.first), Math.max(last, other.last));
    }
}
