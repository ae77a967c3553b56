/** ICE, DTLS and SRTP of one connection on one port. */
@NullMarked
package org.everytake.peer.transport;

import org.jspecify.annotations.NullMarked;
