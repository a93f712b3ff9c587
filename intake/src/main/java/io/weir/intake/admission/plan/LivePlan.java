package io.weir.intake.admission.plan;

import io.weir.core.settings.SettingsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plan that is in force: read at start, and read again when its folder has changed. A changed plan that is wrong is
 * not taken: the one in force stays, and the log says why, once for each reason. Safe for threads.
 */
public final class LivePlan {

    private static final Logger LOG = LoggerFactory.getLogger(LivePlan.class);

    private final PlanFolder folder;
    private volatile TrackingPlan current;
    private String readAt;
    private String complaint = "";

    /**
     * Reads the plan.
     *
     * @throws SettingsException if it is wrong
     */
    public LivePlan(PlanFolder folder) {
        this.folder = folder;
        this.readAt = folder.fingerprint();
        this.current = TrackingPlan.load(folder);
    }

    /** The plan in force. */
    public TrackingPlan current() {
        return current;
    }

    /** Reads the plan again if its folder has changed. Does I/O: not for a stream thread. */
    public synchronized void refresh() {
        String now = folder.fingerprint();
        if (now.equals(readAt)) {
            return;
        }
        try {
            current = TrackingPlan.load(folder);
            readAt = now;
            complaint = "";
            LOG.info("tracking plan {} has changed and is in force", folder.name());
        } catch (RuntimeException e) {
            if (!complaint.equals(String.valueOf(e.getMessage()))) {
                complaint = String.valueOf(e.getMessage());
                LOG.warn("The changed plan is not taken, the one before stays in force: {}", complaint);
            }
        }
    }
}
