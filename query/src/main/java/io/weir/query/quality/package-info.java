/** What the state of intake answers: how messages fared. */
package io.weir.query.quality;
