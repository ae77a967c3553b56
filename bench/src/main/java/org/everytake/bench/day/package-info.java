/** {@code bench day}: a recording of a whole day, in stepped time. */
@NullMarked
package org.everytake.bench.day;

import org.jspecify.annotations.NullMarked;
