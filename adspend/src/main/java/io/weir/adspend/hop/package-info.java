/** What is re-keyed to the one writer of a merchant: compact records, in the order in which they were read. */
package io.weir.adspend.hop;
