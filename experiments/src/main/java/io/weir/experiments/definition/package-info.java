/** How an experiment is to be read: its definition, what is assumed without one, and the epochs of its weights. */
package io.weir.experiments.definition;
