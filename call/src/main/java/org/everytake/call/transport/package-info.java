/** One connection to a peer: ICE-lite, DTLS and SRTP behind a shared port. All of it belongs to the loop's thread. */
@NullMarked
package org.everytake.call.transport;

import org.jspecify.annotations.NullMarked;
