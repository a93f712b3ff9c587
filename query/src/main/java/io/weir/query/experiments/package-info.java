/** What the state of experiments answers: results, and why a unit counts. */
package io.weir.query.experiments;
