package io.weir.benchmarks.steps;

import io.weir.fraud.rule.Lists;
import io.weir.fraud.rule.Rule;
import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import io.weir.topology.rules.RuleFile;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** The rules that ship, asked about an event: whether each of its kind is about it, and under which key it counts. */
@State(Scope.Thread)
public class RulesBenchmark {

    private final List<Event> events = SampleEvents.events();
    private final Map<EventKind, List<Rule>> rules = byKind();
    private final Lists lists = new Lists();
    private int next;

    private static Map<EventKind, List<Rule>> byKind() {
        Set<EventKind> kinds = EnumSet.allOf(EventKind.class);
        List<Rule> all = RuleFile.shipped(1, kinds).stream()
                .map(terms -> Rule.of(terms, kinds))
                .toList();
        return kinds.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        kind -> all.stream()
                                .filter(rule -> rule.on().contains(kind))
                                .toList()));
    }

    /** One event. */
    @Benchmark
    public void ask(Blackhole out) {
        next = (next + 1) % events.size();
        Event event = events.get(next);
        for (Rule rule : rules.get(event.getKind())) {
            if (rule.concerns(event, lists)) {
                out.consume(rule.key(event));
            }
        }
    }
}
