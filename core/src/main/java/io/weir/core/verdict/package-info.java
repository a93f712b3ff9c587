/** What rules and people hold of an interaction, and whether that makes it invalid. */
package io.weir.core.verdict;
