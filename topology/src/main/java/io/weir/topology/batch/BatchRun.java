package io.weir.topology.batch;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.core.feature.Feature;
import io.weir.core.settings.Settings;
import io.weir.core.time.EndOfInput;
import io.weir.core.time.InputProgress;
import io.weir.core.time.RecordedClock;
import io.weir.core.topic.Topic;
import io.weir.core.topic.Topics;
import io.weir.embedded.EmbeddedBroker;
import io.weir.experiments.ExperimentSettings;
import io.weir.fraud.FraudSettings;
import io.weir.intake.admission.AdmissionSettings;
import io.weir.intake.admission.plan.PlanFolder;
import io.weir.intake.admission.plan.TrackingPlan;
import io.weir.schemas.ExperimentDefinition;
import io.weir.schemas.FraudRule;
import io.weir.schemas.MerchantBudget;
import io.weir.topology.budgets.BudgetFile;
import io.weir.topology.control.ControlTopic;
import io.weir.topology.embedding.SettingsSource;
import io.weir.topology.experiments.ExperimentFile;
import io.weir.topology.files.OutputDirectory;
import io.weir.topology.files.Trees;
import io.weir.topology.runtime.Deployment;
import io.weir.topology.runtime.Features;
import io.weir.topology.terminal.ProgressBar;
import io.weir.topology.terminal.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The whole pipeline over recorded events, on a broker of its own: the lines into the raw topic, each feature to the end
 * of its input before the next begins, and every output topic into a file.
 */
public final class BatchRun {

    /** The file that only a complete run writes. */
    public static final String SUMMARY = "summary.json";

    /** Of a record for which its file gives none; whoever writes another of the same key begins with 2. */
    private static final long FIRST_VERSION = 1;
    /** What has no start of its own begins with its record: before every event. */
    private static final long BEGINNING_OF_TIME = 0;

    private final BatchRequest request;
    private final SettingsSource settings;
    private final Terminal terminal;
    /** One for all: what is true as of the last event is so of whatever kind that is. */
    private final EndOfInput end = new EndOfInput();

    private final Map<String, Duration> durations = new LinkedHashMap<>();

    /** @param terminal where progress and the summary are shown */
    public BatchRun(BatchRequest request, SettingsSource settings, Terminal terminal) {
        this.request = request;
        this.settings = settings;
        this.terminal = terminal;
    }

    /**
     * Runs to the end.
     *
     * @throws BatchException if a feature fails, or the counts do not add up
     * @throws io.weir.topology.yaml.YamlFileException if something is wrong in the budgets, experiments or rules
     * @throws io.weir.topology.files.FileException if an input cannot be read or the results cannot be written
     */
    public Summary run() {
        try (OutputDirectory out = OutputDirectory.prepare(request.out(), SUMMARY)) {
            Path work = Files.createTempDirectory("weir-batch-");
            Thread interrupted = new Thread(() -> {
                out.discard();
                Trees.delete(work);
            });
            Runtime.getRuntime().addShutdownHook(interrupted);
            try {
                Summary summary = process(work, out.staging());
                out.publish();
                summary.print(terminal, eventsPerSecond(summary), request.out());
                return summary;
            } finally {
                Trees.delete(work);
                Runtime.getRuntime().removeShutdownHook(interrupted);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Summary process(Path work, Path staging) throws IOException {
        // What is wrong with the settings or the budgets is said before anything starts.
        Settings checked = read("127.0.0.1:1", work);
        make(checked);
        PlanFolder.named(checked.get(AdmissionSettings.TRACKING_PLAN)).ifPresent(TrackingPlan::load);
        List<MerchantBudget> budgets = request.budgets()
                .map(file -> BudgetFile.read(file, FIRST_VERSION))
                .orElse(List.of());
        List<ExperimentDefinition> experiments = request.experiments()
                .map(file -> ExperimentFile.read(file, FIRST_VERSION, ExperimentSettings.measurable(checked)))
                .orElse(List.of());
        List<FraudRule> rules = request.rules().rules(FIRST_VERSION, checked.get(FraudSettings.KINDS));
        try (EmbeddedBroker broker =
                EmbeddedBroker.builder().directory(work.resolve("broker")).start()) {
            Settings all = read(broker.bootstrapServers(), work);
            Deployment deployment = deployment(all, new RecordedClock());
            createTopics(broker, deployment.topics(), make(all));
            apply(Topics.BUDGETS, budgets, MerchantBudget::getMerchantId, deployment);
            apply(Topics.DEFINITIONS, experiments, ExperimentDefinition::getId, deployment);
            apply(Topics.RULES, rules, FraudRule::getId, deployment);
            try (Admin admin =
                    Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
                long messages = fill(broker.bootstrapServers());
                for (Features.Entry entry : request.entries()) {
                    pass(entry, all, admin);
                }
                Summary summary = export(deployment, staging, work);
                refuseLoss(summary, messages);
                summary.writeTo(staging.resolve(SUMMARY));
                return summary;
            }
        }
    }

    private Settings read(String bootstrapServers, Path work) {
        return settings.read(BatchSettings.profile(), BatchSettings.forced(request, bootstrapServers, work));
    }

    private List<Feature> make(Settings all) {
        Deployment deployment = deployment(all, new RecordedClock());
        return request.entries().stream()
                .map(entry -> entry.make().apply(deployment.context(InputProgress.COMPLETE)))
                .toList();
    }

    private Deployment deployment(Settings all, RecordedClock clock) {
        return Deployment.of(all, clock, end, new SimpleMeterRegistry());
    }

    private void createTopics(EmbeddedBroker broker, Topics topics, List<Feature> features) {
        Map<String, Integer> partitions = new HashMap<>();
        for (Feature feature : features) {
            feature.sources().forEach(name -> partitions.put(name, request.partitions()));
        }
        topics.owned().forEach(topic -> partitions.put(topics.name(topic), request.partitions()));
        broker.createTopics(
                partitions, Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(RawTopic.LARGEST_RECORD)));
    }

    private static <V extends SpecificRecord> void apply(
            Topic<V> topic, List<V> records, Function<V, String> key, Deployment deployment) {
        if (!records.isEmpty()) {
            new ControlTopic<>(
                            topic,
                            deployment.topics(),
                            deployment.serdes(),
                            deployment.runtime().kafka().clientProperties())
                    .write(records, key, BEGINNING_OF_TIME);
        }
    }

    private long fill(String bootstrapServers) {
        try (ProgressBar shown = terminal.progress("reading")) {
            return new RawTopic(bootstrapServers, BatchSettings.RAW_TOPIC, request.partitions())
                    .fill(request.files(), request.format().recordTime(), shown);
        }
    }

    private void pass(Features.Entry entry, Settings all, Admin admin) {
        RecordedClock clock = new RecordedClock();
        try (ProgressBar shown = terminal.progress(entry.name());
                FeaturePass pass = new FeaturePass(entry, deployment(all, clock), clock, admin)) {
            durations.put(entry.name(), pass.run(shown));
        }
    }

    private Summary export(Deployment deployment, Path staging, Path work) {
        TopicExport export =
                new TopicExport(deployment.runtime().kafka().bootstrapServers(), deployment.serdes(), work);
        Tally tally = new Tally(Set.of(BatchSettings.RAW_TOPIC));
        List<Topic<?>> all = deployment.topics().owned();
        try (ProgressBar shown = terminal.progress("writing")) {
            for (int i = 0; i < all.size(); i++) {
                shown.at(i, all.size());
                Topic<?> topic = all.get(i);
                export.export(
                        topic, deployment.topics().name(topic), staging.resolve(topic.name() + ".ndjson"), tally::add);
            }
        }
        return tally.summary();
    }

    private static void refuseLoss(Summary summary, long messages) {
        summary.unbalanced().ifPresent(source -> {
            throw new BatchException("The counts of " + source
                    + " do not add up (read, accepted, duplicates, dead letters): this is a fault of Weir, please"
                    + " report it with the input.");
        });
        long read = summary.sources().get(BatchSettings.RAW_TOPIC).read();
        if (read < messages) {
            throw new BatchException("Of " + messages + " messages only " + read
                    + " events were read: this is a fault of Weir, please report it with the input.");
        }
    }

    private Map<String, Long> eventsPerSecond(Summary summary) {
        Map<String, Long> rates = new LinkedHashMap<>();
        durations.forEach((feature, took) -> {
            long events = feature.equals("intake") ? summary.read() : summary.accepted();
            rates.put(feature, Math.round(events / (Math.max(1, took.toMillis()) / 1e3)));
        });
        return rates;
    }
}
