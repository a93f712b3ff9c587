/** Fraud rules over recorded events: what today's would do, beside what a candidate's would. Knows batch, and no feature. */
package io.weir.topology.backtest;
