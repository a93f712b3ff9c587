/** Questions to the state of features: asked here or in the process that holds the partition, one hop away. Knows no feature. */
package io.weir.query.ask;
