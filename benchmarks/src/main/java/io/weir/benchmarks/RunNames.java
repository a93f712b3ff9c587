package io.weir.benchmarks;

import java.nio.file.Path;
import java.util.Map;

/**
 * What keeps one run apart from the others.
 *
 * @param address of the broker
 * @param application prefix of the application ids
 * @param topicPrefix of Weir's topics
 * @param state folder of its stores
 * @param own settings of this run alone
 */
record RunNames(String address, String application, String topicPrefix, Path state, Map<String, String> own) {}
