/**
 * {@code ./everytake bench call}: what a call costs under load, beside Janus's videoroom under the same load. The load is
 * made by a process of its own, {@link org.everytake.bench.call.LoadGenerator}.
 */
@NullMarked
package org.everytake.bench.call;

import org.jspecify.annotations.NullMarked;
