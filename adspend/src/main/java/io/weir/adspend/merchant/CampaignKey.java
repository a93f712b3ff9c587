package io.weir.adspend.merchant;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;

/** The end of a key that names a campaign: 1 for interactions without one, or 2 and its id. */
final class CampaignKey {

    /** Before every campaign, and before what has none. */
    static final int FIRST = 1;
    /** After every campaign. */
    static final int AFTER_ALL = 3;

    private static final int CAMPAIGN = 2;

    private CampaignKey() {}

    /** @param campaign may be null */
    static void write(ByteWriter out, String campaign) {
        if (campaign == null) {
            out.put(FIRST);
        } else {
            out.put(CAMPAIGN).keyEnd(campaign);
        }
    }

    /** Reads what {@link #write} wrote; null for interactions without a campaign. */
    static String read(ByteReader in) {
        return in.next() == FIRST ? null : in.keyEnd();
    }
}
