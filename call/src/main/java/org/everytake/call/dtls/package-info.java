/**
 * DTLS-SRTP (RFC 5763, RFC 5764): who we are, the handshake as client or server, and the packets' encryption with the
 * keys that come of it. Knows no socket: datagrams are given and taken.
 */
@NullMarked
package org.everytake.call.dtls;

import org.jspecify.annotations.NullMarked;
