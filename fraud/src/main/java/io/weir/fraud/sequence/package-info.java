/** Events that must come after another: a click after its impression, a purchase not at once after its click. */
package io.weir.fraud.sequence;
