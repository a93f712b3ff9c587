/** What makes an event unique within its visitor, and for how long that is remembered. */
package io.weir.intake.dedupe;
