/** AV1 in RTP (the payload format of the Alliance for Open Media, version 1.0.0), and the heads of its OBUs. */
@NullMarked
package org.everytake.wire.av1;

import org.jspecify.annotations.NullMarked;
