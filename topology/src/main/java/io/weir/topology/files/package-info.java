/** Files of recorded events: what is read, and where results are put without leaving halves behind. */
package io.weir.topology.files;
