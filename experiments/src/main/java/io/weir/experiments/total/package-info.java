/** What the units of an experiment come to, as exact integers that contributions are added to and taken from. */
package io.weir.experiments.total;
