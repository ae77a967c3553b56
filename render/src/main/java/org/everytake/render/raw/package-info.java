/** The RAW archive of a recording: what was sent, packet by packet, in files that others' tools read, and an index of them. */
@NullMarked
package org.everytake.render.raw;

import org.jspecify.annotations.NullMarked;
