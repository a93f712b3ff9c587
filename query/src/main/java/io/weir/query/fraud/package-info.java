/** What the state of fraud answers: the rules that count. */
package io.weir.query.fraud;
