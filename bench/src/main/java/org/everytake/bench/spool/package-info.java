/** {@code ./everytake bench tape}: what taping costs, and how soon what is on tape is there again. */
@NullMarked
package org.everytake.bench.spool;

import org.jspecify.annotations.NullMarked;
