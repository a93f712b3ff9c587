/** Fraud: rules as data, alerts by route, verdicts on events and visitors. */
package io.weir.fraud;
