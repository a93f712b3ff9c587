/** The intake topology: raw messages admitted, clocked, made unique and counted, on their way to {@code events.*}. */
package io.weir.intake;
