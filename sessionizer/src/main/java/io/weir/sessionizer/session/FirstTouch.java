package io.weir.sessionizer.session;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.schemas.Acquisition;
import io.weir.schemas.Channel;
import io.weir.schemas.Client;
import java.util.Arrays;

/**
 * What a session keeps of its first event: referrer, acquisition, client. Every event of a session carries these bytes
 * along and none but the last record reads them, so they stay encoded between.
 *
 * <p>Layout: referrer; 0, or 1 and the acquisition: channel, source, medium, campaign, term, content; 0, or 1
 * and the client: is_bot, then its texts in the order of the schema. Texts are their UTF-8 length + 1 and UTF-8, 0 for
 * null.
 */
public final class FirstTouch {

    private final String referrer;
    private final Acquisition acquisition;
    private final Client client;
    private byte[] encoded;

    /** Of an event; each part may be null. */
    public FirstTouch(String referrer, Acquisition acquisition, Client client) {
        this.referrer = referrer;
        this.acquisition = acquisition;
        this.client = client;
    }

    private FirstTouch(byte[] encoded) {
        this(null, null, null);
        this.encoded = encoded;
    }

    /** As {@link #encoded()} gave it; not copied. */
    public static FirstTouch encoded(byte[] encoded) {
        return new FirstTouch(encoded);
    }

    /** The bytes, not to be changed. */
    public byte[] encoded() {
        if (encoded == null) {
            encoded = encode();
        }
        return encoded;
    }

    /** With its parts to be read. */
    Parts parts() {
        ByteReader in = new ByteReader(encoded());
        return new Parts(in.text(), readAcquisition(in), readClient(in));
    }

    /** Referrer, acquisition and client, each may be null. */
    record Parts(String referrer, Acquisition acquisition, Client client) {}

    private byte[] encode() {
        ByteWriter out = new ByteWriter().text(referrer);
        write(out, acquisition);
        write(out, client);
        return out.take();
    }

    private static void write(ByteWriter out, Acquisition acquisition) {
        if (acquisition == null) {
            out.put(0);
            return;
        }
        out.put(1)
                .text(acquisition.getChannel().name())
                .text(acquisition.getSource())
                .text(acquisition.getMedium())
                .text(acquisition.getCampaign())
                .text(acquisition.getTerm())
                .text(acquisition.getContent());
    }

    private static Acquisition readAcquisition(ByteReader in) {
        if (in.next() == 0) {
            return null;
        }
        return new Acquisition(Channel.valueOf(in.text()), in.text(), in.text(), in.text(), in.text(), in.text());
    }

    private static void write(ByteWriter out, Client client) {
        if (client == null) {
            out.put(0);
            return;
        }
        out.put(1)
                .put(client.getIsBot() ? 1 : 0)
                .text(client.getUserAgent())
                .text(client.getBrowser())
                .text(client.getBrowserVersion())
                .text(client.getOs())
                .text(client.getDeviceClass())
                .text(client.getIpHash())
                .text(client.getIpPrefix())
                .text(client.getLocale())
                .text(client.getCountry())
                .text(client.getApp())
                .text(client.getAppVersion())
                .text(client.getLibrary())
                .text(client.getLibraryVersion());
    }

    private static Client readClient(ByteReader in) {
        if (in.next() == 0) {
            return null;
        }
        Client client = new Client();
        client.setIsBot(in.next() == 1);
        client.setUserAgent(in.text());
        client.setBrowser(in.text());
        client.setBrowserVersion(in.text());
        client.setOs(in.text());
        client.setDeviceClass(in.text());
        client.setIpHash(in.text());
        client.setIpPrefix(in.text());
        client.setLocale(in.text());
        client.setCountry(in.text());
        client.setApp(in.text());
        client.setAppVersion(in.text());
        client.setLibrary(in.text());
        client.setLibraryVersion(in.text());
        return client;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FirstTouch that && Arrays.equals(encoded(), that.encoded());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded());
    }
}
