package org.everytake.peer.clip;

import java.util.List;

/**
 * Video as it was read.
 *
 * @param durationTicks from the first frame to the end of the last, in 1/90000 s
 */
record VideoFile(Encoding encoding, List<Clip.Unit> frames, long durationTicks) {}
