package io.weir.query.sessions;

import io.weir.query.ask.Replies;
import io.weir.query.ask.Reply;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What partitions counted of each path, added up. */
final class PopularPaths {

    private static final Comparator<Map.Entry<String, Long>> MOST_FIRST =
            Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey());

    private PopularPaths() {}

    /** Whether a partition knows more paths than it tells. */
    static boolean areCut(Replies replies) {
        return replies.all().stream().anyMatch(reply -> reply.data().size() >= SessionQuestions.MOST_PAGES);
    }

    static Map<String, Long> of(Replies replies) {
        Map<String, Long> views = new TreeMap<>();
        for (Reply reply : replies.all()) {
            reply.data()
                    .forEach(page -> views.merge(
                            page.get("path").asString(), page.get("views").asLong(), Long::sum));
        }
        return views;
    }

    static Stream<Map.Entry<String, Long>> most(Map<String, Long> views, int limit) {
        return views.entrySet().stream().sorted(MOST_FIRST).limit(limit);
    }
}
