/** What is sent and received over a connection: pacing, reports, retransmission, frames. */
@NullMarked
package org.everytake.peer.media;

import org.jspecify.annotations.NullMarked;
