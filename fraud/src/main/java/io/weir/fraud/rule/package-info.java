/** What a rule says, compiled: its condition, its keys, and whether it can be applied at all. */
package io.weir.fraud.rule;
