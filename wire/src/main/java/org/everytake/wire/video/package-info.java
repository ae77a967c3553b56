/** Coded pictures out of packets and into them, whatever the codec. */
@NullMarked
package org.everytake.wire.video;

import org.jspecify.annotations.NullMarked;
