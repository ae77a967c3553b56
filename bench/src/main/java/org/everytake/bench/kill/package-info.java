/** {@code ./everytake bench kill}: a server that is killed in mid-recording, again and again. */
@NullMarked
package org.everytake.bench.kill;

import org.jspecify.annotations.NullMarked;
