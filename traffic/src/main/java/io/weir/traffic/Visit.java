package io.weir.traffic;

/**
 * What all events of one visit share.
 *
 * @param visitorId null only in a broken message
 * @param ip null on a server
 * @param locale BCP 47, null on a server
 * @param country ISO 3166-1 alpha-2, null on a server
 * @param campaign null without one
 * @param clockSkewMillis how far the device's clock is ahead of the right time
 * @param batched whether its library sends batches
 */
public record Visit(
        String visitorId,
        Device device,
        String ip,
        String locale,
        String country,
        Campaign campaign,
        long clockSkewMillis,
        boolean batched) {

    Visit withVisitorId(String id) {
        return new Visit(id, device, ip, locale, country, campaign, clockSkewMillis, batched);
    }
}
