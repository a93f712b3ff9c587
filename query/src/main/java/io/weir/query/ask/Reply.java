package io.weir.query.ask;

import tools.jackson.databind.JsonNode;

/**
 * What a partition answered.
 *
 * @param partition its number
 * @param data the answer
 * @param stale whether a copy answered, which may be behind
 * @param lag how many records it was behind
 */
public record Reply(int partition, JsonNode data, boolean stale, long lag) {}
