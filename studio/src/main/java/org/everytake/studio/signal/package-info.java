/**
 * The room's WebSocket: reads and writes the messages of {@code docs/protocol.md}, and holds who is connected to which
 * room and with which pass. What people send and see is the call's; what is recorded is the recorder's.
 */
@NullMarked
package org.everytake.studio.signal;

import org.jspecify.annotations.NullMarked;
