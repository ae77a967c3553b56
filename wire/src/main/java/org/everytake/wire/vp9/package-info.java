/** VP9 in RTP (RFC 9628) and the head of a VP9 frame. */
@NullMarked
package org.everytake.wire.vp9;

import org.jspecify.annotations.NullMarked;
