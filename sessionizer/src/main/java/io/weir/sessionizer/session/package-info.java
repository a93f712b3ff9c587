/**
 * Sessions: the step from a visitor's sessions and an event to the sessions after it ({@link
 * io.weir.sessionizer.session.SessionStep}, pure), and the stores that keep them.
 */
package io.weir.sessionizer.session;
