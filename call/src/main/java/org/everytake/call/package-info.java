/**
 * A live session: sockets, ICE, DTLS, SRTP, rooms, forwarding and loss repair. {@link org.everytake.call.CallServer} is
 * the way in; whoever wants the packets of a room gives it a {@link org.everytake.call.Sink}. Knows no disk, database
 * or HTTP.
 */
@NullMarked
package org.everytake.call;

import org.jspecify.annotations.NullMarked;
