package io.weir.topology.runtime;

import io.weir.core.feature.Feature;
import io.weir.core.topic.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the broker, before anything is started, for the topics that the features need. */
final class TopicCheck {

    private final KafkaSettings kafka;
    private final Topics topics;

    TopicCheck(KafkaSettings kafka, Topics topics) {
        this.kafka = kafka;
        this.topics = topics;
    }

    /**
     * Checks that every topic is there, and that a visitor is in the same partition of each topic that a feature reads.
     *
     * @throws StartException that says in one sentence what is missing
     */
    void check(Collection<Feature> features) {
        Map<String, Integer> partitions = partitions(needed(features));
        Set<String> missing = new TreeSet<>();
        partitions.forEach((name, count) -> {
            if (count == 0) {
                missing.add(name);
            }
        });
        if (!missing.isEmpty()) {
            throw new StartException(missing(missing));
        }
        for (Feature feature : features) {
            if (feature.needsEqualPartitions()) {
                checkSamePartitions(feature, partitions);
            }
        }
    }

    private Set<String> needed(Collection<Feature> features) {
        Set<String> names = new TreeSet<>();
        for (Feature feature : features) {
            names.addAll(feature.sources());
            feature.sinks().forEach(topic -> names.add(topics.name(topic)));
        }
        names.add(topics.name(Topics.DEAD_LETTER));
        return names;
    }

    private String missing(Set<String> missing) {
        List<String> foreign =
                missing.stream().filter(name -> topics.find(name).isEmpty()).toList();
        List<String> owned =
                missing.stream().filter(name -> topics.find(name).isPresent()).toList();
        String create = "run \"weir topics create\" with the same settings";
        String configure = "create the source or change weir.intake.sources";
        String what = "The broker at " + kafka.bootstrapServers() + " lacks "
                + (missing.size() == 1 ? "topic " : "topics ") + String.join(", ", missing) + ": ";
        if (foreign.isEmpty()) {
            return what + create + ".";
        }
        return what + (owned.isEmpty() ? "" : create + ", and ") + configure + " (" + String.join(", ", foreign) + ").";
    }

    private void checkSamePartitions(Feature feature, Map<String, Integer> partitions) {
        Map<Integer, List<String>> byCount = feature.sources().stream()
                .filter(name -> topics.find(name).isPresent())
                .sorted()
                .collect(Collectors.groupingBy(partitions::get, TreeMap::new, Collectors.toList()));
        if (byCount.size() > 1) {
            throw new StartException("The topics that " + feature.name()
                    + " reads must have the same number of partitions, or a visitor's events are torn apart; found "
                    + byCount.entrySet().stream()
                            .map(entry -> entry.getKey() + " of " + String.join(", ", entry.getValue()))
                            .collect(Collectors.joining("; "))
                    + ".");
        }
    }

    /** The number of partitions of each topic; 0 for one that does not exist. */
    private Map<String, Integer> partitions(Set<String> names) {
        try (Admin admin = open()) {
            int bound = Math.toIntExact(kafka.startTimeout().toMillis());
            Map<String, KafkaFuture<TopicDescription>> asked = admin.describeTopics(
                            names, new DescribeTopicsOptions().timeoutMs(bound))
                    .topicNameValues();
            Map<String, Integer> partitions = new HashMap<>();
            for (Map.Entry<String, KafkaFuture<TopicDescription>> entry : asked.entrySet()) {
                partitions.put(entry.getKey(), count(entry.getKey(), entry.getValue()));
            }
            return partitions;
        }
    }

    private Admin open() {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        int bound = Math.toIntExact(kafka.startTimeout().toMillis());
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, bound);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, bound);
        try {
            return Admin.create(properties);
        } catch (KafkaException e) {
            throw new StartException(
                    "Cannot make a client for the broker at " + kafka.bootstrapServers() + " ("
                            + FaultKind.describe(e) + "): check " + KafkaSettings.BOOTSTRAP_SERVERS.key() + " and "
                            + KafkaSettings.CLIENT.key() + ".",
                    e);
        }
    }

    private int count(String name, KafkaFuture<TopicDescription> asked) {
        // The client's own bound is what ends this; the second one is for a client that hangs.
        Duration bound = kafka.startTimeout().multipliedBy(2);
        try {
            return asked.get(bound.toMillis(), TimeUnit.MILLISECONDS)
                    .partitions()
                    .size();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof UnknownTopicOrPartitionException || cause instanceof InvalidTopicException) {
                return 0;
            }
            throw refused(name, cause);
        } catch (TimeoutException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        }
    }

    private StartException refused(String name, Throwable cause) {
        if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
            return new StartException(
                    "The broker at " + kafka.bootstrapServers() + " refuses to describe topic " + name + " ("
                            + FaultKind.describe(cause) + "): check " + KafkaSettings.CLIENT.key()
                            + " and the rights of this user.",
                    cause);
        }
        return unreachable(cause);
    }

    private StartException unreachable(Throwable cause) {
        return new StartException(
                "No broker answers at " + kafka.bootstrapServers() + " within "
                        + kafka.startTimeout().toMillis() + " ms: check that it runs, and "
                        + KafkaSettings.BOOTSTRAP_SERVERS.key() + ".",
                cause);
    }
}
