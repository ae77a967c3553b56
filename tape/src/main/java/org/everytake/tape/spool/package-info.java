/** Writes the tape: the spool's one thread, the commit tick, segments and their recovery after a crash. */
@NullMarked
package org.everytake.tape.spool;

import org.jspecify.annotations.NullMarked;
