package io.weir.fraud.integrity;

/**
 * What a token claims, of which nothing is judged yet.
 *
 * @param nonce used once: 1 to 512 characters
 * @param packageName of the app
 * @param issuedAt milliseconds UTC; tokens say it in seconds
 * @param appVersion empty if the token does not say
 * @param device verdict on the device
 * @param app verdict on the app
 */
public record TokenClaims(
        String nonce, String packageName, long issuedAt, String appVersion, String device, String app) {}
