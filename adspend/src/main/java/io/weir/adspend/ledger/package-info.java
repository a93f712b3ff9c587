/** What is written down of every movement of a merchant's money. */
package io.weir.adspend.ledger;
