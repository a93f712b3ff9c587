/** Budgets of a merchant: prices, caps and when they count. */
package io.weir.adspend.budget;
