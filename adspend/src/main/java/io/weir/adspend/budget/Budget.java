package io.weir.adspend.budget;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One version of a merchant's budget. It replaces the version before it as a whole: a campaign that it does not name has
 * no cap and no prices of its own.
 *
 * @param currency ISO 4217 code of every amount in it
 * @param zone whose calendar the merchant's days follow
 * @param merchant cap of all campaigns together, and prices where a campaign has none
 * @param campaigns cap and prices by campaign
 * @param version tells this budget from the merchant's others; of two that take effect in the same minute the higher counts
 * @param effectiveFrom milliseconds UTC; null for the time of its record
 */
public record Budget(
        String currency, ZoneId zone, Terms merchant, Map<String, Terms> campaigns, long version, Long effectiveFrom) {

    /** Requires all but {@code effectiveFrom}. */
    public Budget {
        Objects.requireNonNull(currency, "currency");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(merchant, "merchant");
        campaigns = Map.copyOf(campaigns);
    }

    /**
     * Terms of a campaign.
     *
     * @param id may be null, for an interaction without campaign
     */
    public Terms campaign(String id) {
        return id == null ? Terms.NONE : campaigns.getOrDefault(id, Terms.NONE);
    }

    /** Writes the budget: currency, zone, terms, campaigns in the order of their ids, version, effective_from. */
    public void write(ByteWriter out) {
        out.text(currency).text(zone.getId());
        merchant.write(out);
        out.varint(campaigns.size());
        new TreeMap<>(campaigns).forEach((id, terms) -> {
            out.text(id);
            terms.write(out);
        });
        out.signed(version).put(effectiveFrom == null ? 0 : 1);
        if (effectiveFrom != null) {
            out.signed(effectiveFrom);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static Budget read(ByteReader in) {
        String currency = in.text();
        ZoneId zone = ZoneId.of(in.text());
        Terms merchant = Terms.read(in);
        Map<String, Terms> campaigns = new HashMap<>();
        int count = in.count();
        for (int i = 0; i < count; i++) {
            campaigns.put(in.text(), Terms.read(in));
        }
        long version = in.signed();
        Long effectiveFrom = in.next() == 0 ? null : Long.valueOf(in.signed());
        return new Budget(currency, zone, merchant, campaigns, version, effectiveFrom);
    }
}
