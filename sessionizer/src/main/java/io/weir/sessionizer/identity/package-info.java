/**
 * Identities: which customer a visitor was, from when to when, and which visitors a customer was. The rules are in {@link
 * io.weir.sessionizer.identity.VisitorLinks}, pure.
 */
package io.weir.sessionizer.identity;
