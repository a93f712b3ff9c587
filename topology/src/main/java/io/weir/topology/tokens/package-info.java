/** The file of tokens that may query. */
package io.weir.topology.tokens;
