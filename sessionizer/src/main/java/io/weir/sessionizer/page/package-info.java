/** Pages: how often each page was seen, by the hour. */
package io.weir.sessionizer.page;
