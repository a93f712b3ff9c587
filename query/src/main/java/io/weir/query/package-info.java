/** Queries over the state of the features, from any process of the deployment. */
package io.weir.query;
