package io.weir.intake.admission;

import io.weir.core.serde.AvroSerdes;
import io.weir.intake.admission.enrichment.Enrichment;
import io.weir.intake.admission.plan.LivePlan;
import io.weir.intake.admission.plan.PlanFolder;
import io.weir.intake.admission.plan.TrackingPlan;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * What the gates of one intake share: the tracking plan and its watcher, the user agent analyser, the caches. Safe for
 * threads. While at least one gate is open the folder of the tracking plan is watched, by a daemon thread of its own.
 */
public final class Gates {

    private final AdmissionSettings settings;
    private final AvroSerdes serdes;
    private final Map<String, SourceFormat> formats;
    private Enrichment enrichment;
    private Optional<LivePlan> plan = Optional.empty();
    private ScheduledExecutorService watcher;
    private ScheduledFuture<?> watching;
    private int open;

    /**
     * Reads nothing yet.
     *
     * @param formats format of each source by the name of its raw topic
     */
    public Gates(AdmissionSettings settings, AvroSerdes serdes, Map<String, SourceFormat> formats) {
        this.settings = settings;
        this.serdes = serdes;
        this.formats = Map.copyOf(formats);
    }

    /**
     * Reads the tracking plan, if that has not happened, and begins to build what reads user agents: for start-up, to fail
     * early, and not to keep the first events waiting.
     *
     * @throws io.weir.core.settings.SettingsException if the plan is wrong; one sentence
     */
    public void prepare() {
        readPlan();
        Enrichment.prepare();
    }

    private synchronized void readPlan() {
        if (enrichment == null) {
            plan = PlanFolder.named(settings.trackingPlan()).map(LivePlan::new);
            enrichment = new Enrichment(settings);
        }
    }

    /**
     * Opens a gate; reads the tracking plan where that has not happened.
     *
     * @throws io.weir.core.settings.SettingsException if the plan is wrong
     */
    public synchronized Gate open() {
        readPlan();
        if (open++ == 0) {
            plan.ifPresent(this::watch);
        }
        return new Gate(settings, serdes, formats, this::currentPlan, enrichment, this::closed);
    }

    private TrackingPlan currentPlan() {
        return plan.map(LivePlan::current).orElseGet(TrackingPlan::none);
    }

    private void watch(LivePlan watched) {
        long period = settings.planReload().toMillis();
        watcher = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "weir-tracking-plan");
            thread.setDaemon(true);
            return thread;
        });
        watching = watcher.scheduleWithFixedDelay(watched::refresh, period, period, TimeUnit.MILLISECONDS);
    }

    private synchronized void closed() {
        if (--open == 0 && watcher != null) {
            watching.cancel(false);
            watcher.shutdown();
            watcher = null;
        }
    }
}
