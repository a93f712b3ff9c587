/** The file in which budgets are written: what it says as records, and what is wrong with it as sentences. */
package io.weir.topology.budgets;
