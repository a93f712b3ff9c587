package io.weir.sessionizer.page;

/**
 * How often a page was seen.
 *
 * @param path its path; {@link PageStore#OTHER} for all that were not counted by name
 * @param views number of page views
 */
public record PageCount(String path, long views) {}
