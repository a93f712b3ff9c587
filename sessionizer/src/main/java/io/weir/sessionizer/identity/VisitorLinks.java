package io.weir.sessionizer.identity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who a visitor was: links to customers, in order of time. What a session says is added by union, so the order in which
 * sessions are reported, and how often, changes nothing. Immutable.
 *
 * @param links ordered by first, then last, then customer; two of the same customer never touch
 */
public record VisitorLinks(List<CustomerLink> links) {

    /** A visitor who was nobody yet. */
    public static final VisitorLinks NONE = new VisitorLinks(List.of());

    public VisitorLinks {
        links = List.copyOf(links);
    }

    /** With one more link, united with those of the same customer that it overlaps or touches. */
    public VisitorLinks with(CustomerLink link) {
        List<CustomerLink> result = new ArrayList<>(links.size() + 1);
        CustomerLink united = link;
        for (CustomerLink known : links) {
            // Links of one customer do not touch, so one pass in order of time finds all that the union reaches.
            if (known.touches(united)) {
                united = united.joined(known);
            } else {
                result.add(known);
            }
        }
        int place = Collections.binarySearch(result, united, CustomerLink.BY_TIME);
        result.add(place < 0 ? -place - 1 : place, united);
        return new VisitorLinks(result);
    }

    /** Without what is known of the time from first to last, both inclusive, milliseconds UTC. */
    public VisitorLinks without(long first, long last) {
        List<CustomerLink> result = new ArrayList<>(links.size());
        for (CustomerLink link : links) {
            if (link.last() < first || link.first() > last) {
                result.add(link);
                continue;
            }
            if (link.first() < first) {
                result.add(new CustomerLink(link.customerId(), link.first(), first - 1));
            }
            if (link.last() > last) {
                result.add(new CustomerLink(link.customerId(), last + 1, link.last()));
            }
        }
        result.sort(CustomerLink.BY_TIME);
        return new VisitorLinks(result);
    }

    /**
     * Joins neighbours of the same customer, with no other customer between them, where both ended before this time.
     *
     * @param time milliseconds UTC
     */
    public VisitorLinks joinedBefore(long time) {
        List<CustomerLink> result = new ArrayList<>(links);
        for (int i = 0; i + 1 < result.size(); ) {
            if (result.get(i + 1).last() < time && areNeighbours(result, i)) {
                joinNext(result, i);
            } else {
                i++;
            }
        }
        return result.size() == links.size() ? this : new VisitorLinks(result);
    }

    /** Without the links that ended before this time, milliseconds UTC. */
    public VisitorLinks withoutBefore(long time) {
        List<CustomerLink> result =
                links.stream().filter(link -> link.last() >= time).toList();
        return result.size() == links.size() ? this : new VisitorLinks(result);
    }

    /**
     * With so many links at most: the oldest neighbours of the same customer are joined; where customers alternate, the
     * two oldest links of one customer; where each customer is there once, the oldest is forgotten.
     */
    public VisitorLinks bounded(int most) {
        if (links.size() <= most) {
            return this;
        }
        List<CustomerLink> result = new ArrayList<>(links);
        while (result.size() > most) {
            shorten(result);
        }
        return new VisitorLinks(result);
    }

    private static void shorten(List<CustomerLink> links) {
        for (int i = 0; i + 1 < links.size(); i++) {
            if (areNeighbours(links, i)) {
                joinNext(links, i);
                return;
            }
        }
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < links.size(); i++) {
            Integer before = seen.putIfAbsent(links.get(i).customerId(), i);
            if (before != null) {
                CustomerLink later = links.remove(i);
                links.set(before, links.get(before).joined(later));
                links.sort(CustomerLink.BY_TIME);
                return;
            }
        }
        links.remove(0);
    }

    /** Whether a link and the next are of the same customer, and no earlier link of another reaches over the gap. */
    private static boolean areNeighbours(List<CustomerLink> links, int i) {
        CustomerLink link = links.get(i);
        if (!link.customerId().equals(links.get(i + 1).customerId())) {
            return false;
        }
        for (int before = 0; before < i; before++) {
            CustomerLink earlier = links.get(before);
            if (earlier.last() > link.last() && !earlier.customerId().equals(link.customerId())) {
                return false;
            }
        }
        return true;
    }

    private static void joinNext(List<CustomerLink> links, int i) {
        CustomerLink next = links.remove(i + 1);
        links.set(i, links.get(i).joined(next));
    }

    /** The intervals of each customer, in order of time. */
    Map<String, List<Interval>> byCustomer() {
        Map<String, List<Interval>> intervals = new HashMap<>();
        for (CustomerLink link : links) {
            intervals
                    .computeIfAbsent(link.customerId(), customer -> new ArrayList<>())
                    .add(new Interval(link.first(), link.last()));
        }
        return intervals;
    }
}
