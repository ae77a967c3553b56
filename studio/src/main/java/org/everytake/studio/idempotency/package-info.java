/** Requests that may be sent twice and make one thing: the header {@code Idempotency-Key}. */
@NullMarked
package org.everytake.studio.idempotency;

import org.jspecify.annotations.NullMarked;
