/** Bytes to protocol values and back; here what all protocols share. */
@NullMarked
package org.everytake.wire;

import org.jspecify.annotations.NullMarked;
