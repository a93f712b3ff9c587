/** What the totals of an experiment say: results, decisions and alerts. */
package io.weir.experiments.result;
