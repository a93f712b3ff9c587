package io.weir.sessionizer.page;

import java.util.List;

/**
 * The pages that were seen most.
 *
 * @param pages most views first, equal ones by path
 * @param views page views of all pages in that time, also of those that are not in the list
 * @param exact false where there were more distinct pages than are counted at once, so that one that belongs in the list
 *     may be missing
 */
public record PopularPages(List<PageCount> pages, long views, boolean exact) {}
