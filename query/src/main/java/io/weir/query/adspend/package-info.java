/** What the state of ad spend answers: a day's account, and caps. */
package io.weir.query.adspend;
