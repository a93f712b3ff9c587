package io.weir.intake.admission.enrichment;

import io.weir.intake.admission.AdmissionSettings;
import io.weir.schemas.Campaign;
import io.weir.schemas.Client;
import io.weir.schemas.Event;

/** Adds to an event what follows from its user agent, referrer, UTM parameters and IP address. Safe for threads. */
public final class Enrichment {

    private final UserAgents agents = new UserAgents();
    private final Channels channels;
    private final IpTraces traces;

    public Enrichment(AdmissionSettings settings) {
        this.channels = new Channels(settings.ownDomains());
        this.traces = new IpTraces(settings);
    }

    /** Begins to build what takes seconds, in the background, once in a process. */
    public static void prepare() {
        UserAgents.prepare();
    }

    /**
     * Enriches an event.
     *
     * @param ip IP address as sent, or null; it does not become part of the event
     * @param utm UTM parameters as sent, or null
     */
    public void enrich(Event event, String ip, Campaign utm) {
        Client client = event.getClient();
        UserAgents.Traits traits = agents.of(client.getUserAgent());
        if (traits != null) {
            client.setBrowser(traits.browser());
            client.setBrowserVersion(traits.version());
            client.setOs(traits.os());
            client.setDeviceClass(traits.deviceClass());
            client.setIsBot(traits.bot());
        }
        IpTraces.Trace trace = traces.of(ip);
        client.setIpHash(trace.hash());
        client.setIpPrefix(trace.prefix());
        event.setAcquisition(channels.of(event.getPage(), utm));
    }
}
