/** The days of a merchant's bills. */
package io.weir.adspend.day;
