/** {@code ./everytake bench render}: what files of a recording cost, beside one FFmpeg that makes them of the same clips. */
@NullMarked
package org.everytake.bench.render;

import org.jspecify.annotations.NullMarked;
