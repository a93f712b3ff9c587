/** Files that people write, in YAML: what they say and where, and what is wrong with them as sentences. */
package io.weir.topology.yaml;
