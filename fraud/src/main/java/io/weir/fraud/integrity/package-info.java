/**
 * Whether the token of an app proves what it claims. {@link io.weir.fraud.integrity.TokenVerifier} judges the token by the keys,
 * {@link io.weir.fraud.integrity.IntegrityTerms} the claims by a rule; whether the nonce was seen before is for whoever keeps
 * state. Nothing here reaches the network, and no failure of any kind lets a token pass.
 */
package io.weir.fraud.integrity;
