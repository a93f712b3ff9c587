package io.weir.sessionizer.identity;

import io.weir.schemas.VisitorIdentities;

/** Where changes of identities go. Called only where something changed. */
public interface IdentityOutput {

    /**
     * A visitor's links.
     *
     * @param identities all links in order of time, for the topic {@code identities}; null if they are forgotten
     */
    void visitor(String visitorId, VisitorIdentities identities);

    /**
     * A customer's intervals as one visitor, for the repartition topic by customer.
     *
     * @param visitor takes the place of what was said before of the customer and the visitor; no intervals if forgotten
     */
    void customer(String customerId, CustomerVisitor visitor);
}
