/** What the state of ad spend answers: a day's account, caps, statements and the ledger. */
package io.weir.query.adspend;
