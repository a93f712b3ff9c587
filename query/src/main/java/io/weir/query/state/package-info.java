/** Where the state of features is, and how a partition of it that is in this process is read. Knows no feature and no HTTP. */
package io.weir.query.state;
