/** What a process says of itself. */
package io.weir.query.system;
