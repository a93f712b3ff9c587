/**
 * The account of one merchant's day: what was delivered, what it costs, and how much of that a cap lets be billed. {@link
 * io.weir.adspend.account.ScopeAccount} runs with every interaction, {@link io.weir.adspend.account.DayAccount} adds up anew.
 */
package io.weir.adspend.account;
