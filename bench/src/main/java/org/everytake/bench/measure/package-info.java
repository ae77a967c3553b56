/** Judges media files by what is seen and heard in them: flashes, beeps, and a clock drawn into each frame. */
@NullMarked
package org.everytake.bench.measure;

import org.jspecify.annotations.NullMarked;
