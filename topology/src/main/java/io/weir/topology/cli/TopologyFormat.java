package io.weir.topology.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;

/** How a topology is shown. */
enum TopologyFormat {
    /** As Kafka Streams describes it. */
    TEXT {
        @Override
        String show(String feature, TopologyDescription topology) {
            return "# " + feature + "\n" + topology;
        }
    },
    /** A flowchart for Mermaid. */
    MERMAID {
        @Override
        String show(String feature, TopologyDescription topology) {
            String parts = parts(topology)
                    .map(part -> "  subgraph " + feature + part.id() + " [\"" + feature + " " + part.id() + "\"]\n"
                            + lines(part, node -> "    " + node.name() + box(node)) + "  end\n")
                    .collect(Collectors.joining());
            String edges = edges(topology)
                    .map(edge -> edge.stored()
                            ? "  " + edge.from() + " -.- " + edge.to() + "[(" + edge.to() + ")]\n"
                            : "  " + edge.from() + " --> " + edge.to() + "\n")
                    .collect(Collectors.joining());
            return "%% " + feature + "\nflowchart LR\n" + parts + edges;
        }

        private String box(Node node) {
            return node instanceof Processor ? "" : "[/\"" + TopologyFormat.label(node) + "\"/]";
        }
    },
    /** A graph for Graphviz. */
    GRAPHVIZ {
        @Override
        String show(String feature, TopologyDescription topology) {
            String parts = parts(topology)
                    .map(part -> "  subgraph \"cluster_" + part.id() + "\" {\n    label=\"" + feature + " " + part.id()
                            + "\"\n"
                            + lines(
                                    part,
                                    node -> "    \"" + node.name() + "\" [shape="
                                            + (node instanceof Processor ? "box" : "cds") + ", label=\""
                                            + TopologyFormat.label(node) + "\"]")
                            + "  }\n")
                    .collect(Collectors.joining());
            String edges = edges(topology)
                    .map(edge -> edge.stored()
                            ? "  \"" + edge.to() + "\" [shape=cylinder]\n  \"" + edge.from() + "\" -> \"" + edge.to()
                                    + "\" [dir=none, style=dotted]\n"
                            : "  \"" + edge.from() + "\" -> \"" + edge.to() + "\"\n")
                    .collect(Collectors.joining());
            return "digraph \"" + feature + "\" {\n  rankdir=LR\n" + parts + edges + "}";
        }
    };

    /** A topology in this format. */
    abstract String show(String feature, TopologyDescription topology);

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private record Edge(String from, String to, boolean stored) {}

    @FunctionalInterface
    private interface NodeLine {
        String of(Node node);
    }

    private static Stream<Subtopology> parts(TopologyDescription topology) {
        return topology.subtopologies().stream().sorted(Comparator.comparingInt(Subtopology::id));
    }

    private static List<Node> nodes(Subtopology part) {
        return part.nodes().stream().sorted(Comparator.comparing(Node::name)).toList();
    }

    private static String lines(Subtopology part, NodeLine line) {
        return nodes(part).stream().map(node -> line.of(node) + "\n").collect(Collectors.joining());
    }

    private static Stream<Edge> edges(TopologyDescription topology) {
        return parts(topology).flatMap(part -> nodes(part).stream()).flatMap(TopologyFormat::edges);
    }

    private static Stream<Edge> edges(Node node) {
        Stream<Edge> flows =
                node.successors().stream().map(Node::name).sorted().map(next -> new Edge(node.name(), next, false));
        Stream<Edge> stores = node instanceof Processor processor
                ? processor.stores().stream().sorted().map(store -> new Edge(node.name(), store, true))
                : Stream.empty();
        return Stream.concat(flows, stores);
    }

    private static String label(Node node) {
        if (node instanceof Source source) {
            return source.topicSet() == null
                    ? String.valueOf(source.topicPattern())
                    : source.topicSet().stream().sorted().collect(Collectors.joining(", "));
        }
        if (node instanceof Sink sink) {
            return sink.topic() == null ? node.name() + " (by record)" : sink.topic();
        }
        return node.name();
    }
}
