/**
 * Made-up shop traffic from a seed. The model ({@link io.weir.traffic.ShopEvent}) knows nothing of encodings; the writers
 * know nothing of the truth ({@link io.weir.traffic.Label}) that goes beside each message. No class here reads a clock
 * or a random source other than the seed.
 */
package io.weir.traffic;
