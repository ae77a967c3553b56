/** H.264 in RTP (RFC 6184), and its sequence parameter set (ITU-T H.264, section 7.3.2.1). */
@NullMarked
package org.everytake.wire.h264;

import org.jspecify.annotations.NullMarked;
