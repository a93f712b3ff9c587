package io.weir.sessionizer;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Known policies of what a session is. Each may be changed in part by the settings of single rules. */
public enum SessionPreset {
    /** 30 minutes of inactivity, nothing else. */
    INACTIVITY(Optional.empty(), Optional.empty(), false, false, Optional.empty()),
    /** Google Analytics 4: 30 minutes of inactivity; neither midnight nor a campaign begins a new session. */
    GA4(Optional.empty(), Optional.empty(), false, false, Optional.empty()),
    /** Universal Analytics: 30 minutes of inactivity, a new campaign, midnight (of the view's zone; UTC unless set). */
    UA(Optional.empty(), Optional.empty(), true, false, Optional.of(ZoneOffset.UTC)),
    /** Matomo: 30 minutes of inactivity, a new campaign, another user id, midnight, 10 000 actions. */
    MATOMO(Optional.empty(), Optional.of(10_000), true, true, Optional.of(ZoneOffset.UTC)),
    /** PostHog: 30 minutes of inactivity, 24 hours in all. */
    POSTHOG(Optional.of(Duration.ofHours(24)), Optional.empty(), false, false, Optional.empty());

    private final Optional<Duration> maxDuration;
    private final Optional<Integer> maxEvents;
    private final boolean splitOnCampaign;
    private final boolean splitOnCustomerChange;
    private final Optional<ZoneId> midnight;

    SessionPreset(
            Optional<Duration> maxDuration,
            Optional<Integer> maxEvents,
            boolean splitOnCampaign,
            boolean splitOnCustomerChange,
            Optional<ZoneId> midnight) {
        this.maxDuration = maxDuration;
        this.maxEvents = maxEvents;
        this.splitOnCampaign = splitOnCampaign;
        this.splitOnCustomerChange = splitOnCustomerChange;
        this.midnight = midnight;
    }

    Optional<Duration> maxDuration() {
        return maxDuration;
    }

    Optional<Integer> maxEvents() {
        return maxEvents;
    }

    boolean splitOnCampaign() {
        return splitOnCampaign;
    }

    boolean splitOnCustomerChange() {
        return splitOnCustomerChange;
    }

    Optional<ZoneId> midnight() {
        return midnight;
    }
}
