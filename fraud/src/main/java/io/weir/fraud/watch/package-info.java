/** What is kept of a rule's key: its last events, and the times at which it broke the rule. */
package io.weir.fraud.watch;
