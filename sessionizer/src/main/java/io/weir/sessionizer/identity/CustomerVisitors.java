package io.weir.sessionizer.identity;

import java.util.List;

/**
 * The visitors that a customer was.
 *
 * @param visitors most recent first
 * @param complete false if the customer has more
 */
public record CustomerVisitors(List<CustomerVisitor> visitors, boolean complete) {}
