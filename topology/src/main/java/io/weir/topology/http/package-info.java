/** What the service answers over HTTP. */
package io.weir.topology.http;
