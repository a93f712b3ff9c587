/** What the sessionizer's state answers: journeys, sessions, customers and pages. */
package io.weir.query.sessions;
