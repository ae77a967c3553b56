/** Session descriptions (RFC 8866) with the attributes that browsers offer and answer. */
@NullMarked
package org.everytake.wire.sdp;

import org.jspecify.annotations.NullMarked;
