/** Reads the tape back from its segments, wherever they lie, with little memory however long the recording is. */
@NullMarked
package org.everytake.tape.read;

import org.jspecify.annotations.NullMarked;
