/** {@code bench start}: how long the server takes from being started to its first answer. */
@NullMarked
package org.everytake.bench.start;

import org.jspecify.annotations.NullMarked;
