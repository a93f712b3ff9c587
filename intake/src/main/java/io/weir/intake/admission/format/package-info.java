/** One class per format of a source: raw bytes to {@link io.weir.intake.admission.format.Draft}s. */
package io.weir.intake.admission.format;
