/** RTCP packets: reports, source descriptions, goodbye (RFC 3550) and feedback (RFC 4585, RFC 5104). */
@NullMarked
package org.everytake.wire.rtcp;

import org.jspecify.annotations.NullMarked;
