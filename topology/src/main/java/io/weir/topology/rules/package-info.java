/** The file in which fraud rules are written: what it says as records, and each of them in a line. */
package io.weir.topology.rules;
