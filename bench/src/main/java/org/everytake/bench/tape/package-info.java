/** Reads the tape of a server's data folder, as its owner could. */
@NullMarked
package org.everytake.bench.tape;

import org.jspecify.annotations.NullMarked;
