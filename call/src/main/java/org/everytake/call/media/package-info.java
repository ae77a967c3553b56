/** Streams that come in and streams that go out: accounting, loss repair, rewriting. All of it belongs to the loop. */
@NullMarked
package org.everytake.call.media;

import org.jspecify.annotations.NullMarked;
