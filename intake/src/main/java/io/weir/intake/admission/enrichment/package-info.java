/** What intake adds to an event: what the user agent means, how the visitor came, and the address without the address. */
package io.weir.intake.admission.enrichment;
