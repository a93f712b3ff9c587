package io.weir.traffic;

/**
 * A browser or an app on a device, as the shop knows it.
 *
 * @param id the visitor id
 * @param customerId account of the one who uses it; null if nobody has one
 * @param otherCustomerId account of a second person on the same browser; null if there is none
 * @param clockSkewMillis how far the device's clock is ahead of the right time
 */
record Visitor(
        String id,
        Device device,
        String ip,
        String locale,
        String country,
        String customerId,
        String otherCustomerId,
        long clockSkewMillis,
        boolean batched) {

    Visit visit(Campaign campaign) {
        return new Visit(id, device, ip, locale, country, campaign, clockSkewMillis, batched);
    }
}
