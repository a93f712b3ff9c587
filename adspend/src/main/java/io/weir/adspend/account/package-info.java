/**
 * The account of one merchant's day: what was delivered, what it costs, and how much of that a cap lets be billed. {@link
 * io.weir.adspend.account.DayAccount} is the state, {@link io.weir.adspend.account.DayTotals} what comes of it.
 */
package io.weir.adspend.account;
