/** STUN messages (RFC 8489) with the attributes that ICE (RFC 8445) needs. */
@NullMarked
package org.everytake.wire.stun;

import org.jspecify.annotations.NullMarked;
