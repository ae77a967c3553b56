package org.everytake.studio.signal;

import org.everytake.wire.Malformed;
import org.everytake.wire.sdp.MediaDescription;
import org.everytake.wire.sdp.SessionDescription;

/** What offers of clients are about. Stateless; any thread. */
final class Offers {
    private Offers() {}

    /** Whether pictures would be sent by it, whatever the client calls its tracks. */
    static boolean sendsPicture(String sdp) {
        try {
            return SessionDescription.parse(sdp).media().stream()
                    .anyMatch(media -> media.kind().equals(MediaDescription.VIDEO)
                            && media.direction().sends());
        } catch (Malformed e) {
            // Nothing is sent by what nobody can read; the call says what is wrong with it.
            return false;
        }
    }
}
