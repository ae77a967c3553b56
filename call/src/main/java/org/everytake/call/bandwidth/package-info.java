/**
 * What a path carries: telling publishers what arrived of theirs, estimating from what subscribers tell us, and dividing
 * that among the videos that somebody sees. Knows no sockets. All of it belongs to the loop.
 */
@NullMarked
package org.everytake.call.bandwidth;

import org.jspecify.annotations.NullMarked;
