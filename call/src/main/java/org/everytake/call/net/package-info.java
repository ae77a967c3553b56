/** The event loop: one thread, one socket, a mailbox and a tick. */
@NullMarked
package org.everytake.call.net;

import org.jspecify.annotations.NullMarked;
