/** HTTP: parameters in, bodies and problems out, and who may ask. Knows questions, and no feature. */
package io.weir.query.http;
