package io.weir.sessionizer.journey;

import java.util.List;

/**
 * Some events of a journey.
 *
 * @param events oldest first; events of the same millisecond by id
 * @param next where to go on; null if there is nothing more
 */
public record JourneyPart(List<JourneyEvent> events, JourneyCursor next) {}
