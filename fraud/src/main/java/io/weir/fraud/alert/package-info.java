/** Alerts that were given out, where queries find them. */
package io.weir.fraud.alert;
