/** Media that a peer sends: frames that an encoder made, and test clips made by FFmpeg. */
@NullMarked
package org.everytake.peer.clip;

import org.jspecify.annotations.NullMarked;
