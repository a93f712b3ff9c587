/** Units and what they come to, in the stores of a task: the one writer of each. */
package io.weir.experiments.book;
