/** Whether a merchant's or a campaign's advertisements may be served today: what the ad platform acts on. */
package io.weir.adspend.cap;
