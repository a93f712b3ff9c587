package io.weir.fraud.rule;

import io.weir.schemas.Event;
import io.weir.schemas.FraudList;
import io.weir.schemas.RuleLists;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The lists that rules look at, as they are now. */
public final class Lists {

    private static final String REST = "*";

    private final Map<String, Entries> byName = new HashMap<>();

    /** Values, and beginnings of values, which are few. */
    private record Entries(Set<String> values, Set<String> beginnings) {

        boolean contain(String value) {
            return values.contains(value) || beginnings.stream().anyMatch(value::startsWith);
        }
    }

    /** A list is this from now on. */
    public void put(FraudList list) {
        Set<String> values = new HashSet<>();
        Set<String> beginnings = new TreeSet<>();
        for (String entry : list.getEntries()) {
            if (entry.endsWith(REST)) {
                beginnings.add(entry.substring(0, entry.length() - 1));
            } else {
                values.add(entry);
            }
        }
        byName.put(list.getName(), new Entries(values, beginnings));
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    /** A list is not there any more. */
    public void remove(String name) {
        byName.remove(name);
    }

    /** Whether an event is denied, and not allowed. */
    boolean deny(Event event, RuleLists lists) {
        String value = GroupKey.value(event, lists.getKey());
        return value != null && isOn(value, lists.getDeny()) && !isOn(value, lists.getAllow());
    }

    private boolean isOn(String value, List<String> names) {
        for (String name : names) {
            Entries entries = byName.get(name);
            if (entries != null && entries.contain(value)) {
                return true;
            }
        }
        return false;
    }
}
