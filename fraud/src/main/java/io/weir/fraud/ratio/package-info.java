/**
 * Shares, such as clicks among impressions, by the hour and against their own past. {@link io.weir.fraud.ratio.Ratio} and what it reads
 * are without Kafka; {@link io.weir.fraud.ratio.RatioSums} and {@link io.weir.fraud.ratio.RatioBook} keep them in stores.
 */
package io.weir.fraud.ratio;
