/** Control topics: what people write for the features to go by. */
package io.weir.topology.control;
