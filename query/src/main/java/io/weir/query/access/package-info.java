/** Who may ask what: tokens and their scopes. Knows no feature. */
package io.weir.query.access;
