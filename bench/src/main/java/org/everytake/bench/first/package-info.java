/** {@code bench first}: what the straight way from call to composite promises. */
@NullMarked
package org.everytake.bench.first;

import org.jspecify.annotations.NullMarked;
