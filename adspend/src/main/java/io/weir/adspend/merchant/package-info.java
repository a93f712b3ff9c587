/**
 * The one writer of a merchant: what is kept of it, in one class for each store, and what its interactions, verdicts and
 * budgets do to that.
 */
package io.weir.adspend.merchant;
