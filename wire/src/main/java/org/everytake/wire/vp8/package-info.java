/** VP8 in RTP (RFC 7741) and the head of a VP8 frame (RFC 6386). */
@NullMarked
package org.everytake.wire.vp8;

import org.jspecify.annotations.NullMarked;
