/** The rules an event must keep before the tracking plan is asked; pure functions and the list of what they find. */
package io.weir.intake.admission.validation;
