/** A person in a session as a program: speaks {@code docs/protocol.md} and drives a peer's media. */
@NullMarked
package org.everytake.bench.room;

import org.jspecify.annotations.NullMarked;
