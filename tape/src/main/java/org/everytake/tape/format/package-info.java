/** The bytes of the tape: segments, batches, records, descriptions and events, as {@code docs/formats.md} draws them. */
@NullMarked
package org.everytake.tape.format;

import org.jspecify.annotations.NullMarked;
