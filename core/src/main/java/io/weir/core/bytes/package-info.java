/** Hand-laid-out keys and values of stores: what is hot is neither Avro nor JSON. */
package io.weir.core.bytes;
