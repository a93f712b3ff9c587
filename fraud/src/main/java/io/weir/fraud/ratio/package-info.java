/** Shares, such as clicks among impressions, by the hour and against their own past. Without Kafka. */
package io.weir.fraud.ratio;
