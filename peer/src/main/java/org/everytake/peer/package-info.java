/** A participant in Java, publisher and viewer, on a real socket or an in-memory network. */
@NullMarked
package org.everytake.peer;

import org.jspecify.annotations.NullMarked;
