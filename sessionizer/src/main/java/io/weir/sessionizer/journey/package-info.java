/** Journeys: what each visitor did, event by event, in compact form. */
package io.weir.sessionizer.journey;
