/** RTP packets (RFC 3550), header extensions (RFC 8285) and the extending of wrapping counters. */
@NullMarked
package org.everytake.wire.rtp;

import org.jspecify.annotations.NullMarked;
