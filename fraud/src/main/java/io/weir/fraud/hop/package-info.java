/** What passes through the feature's internal topics, and its bytes. */
package io.weir.fraud.hop;
