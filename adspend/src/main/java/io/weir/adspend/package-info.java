/** Ad spend: what a merchant owes for a day, exact to the micro. */
package io.weir.adspend;
