/** Events to sessions, journeys, pages and identities: the topology, its settings and its processor. */
package io.weir.sessionizer;
