/** The product as a process of its own, and its API, as a stranger would use them. */
@NullMarked
package org.everytake.bench.server;

import org.jspecify.annotations.NullMarked;
