/** Control topics: what people write for the features to go by; and reading the whole of any topic. */
package io.weir.topology.control;
