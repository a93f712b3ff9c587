/** What the state of fraud answers: alerts, and the rules that count. */
package io.weir.query.fraud;
