package org.everytake.studio.whip;

import java.util.HashSet;
import java.util.Set;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.library.SessionMode;
import org.everytake.wire.Malformed;
import org.everytake.wire.sdp.MediaDescription;
import org.everytake.wire.sdp.MediaDirection;
import org.everytake.wire.sdp.SessionDescription;

/** What may be offered by WHIP and WHEP: sound, picture or both, one of each, one way (RFC 9725, section 4.4). */
final class MediaOffer {
    private MediaOffer() {}

    /** @throws Refused {@code malformed-sdp}, {@code unsupported-sdp} */
    static SessionDescription parse(String sdp, Right right, SessionMode mode) {
        SessionDescription offer;
        try {
            offer = SessionDescription.parse(sdp);
        } catch (Malformed e) {
            throw new Refused(ErrorId.MALFORMED_SDP, "The SDP cannot be read: " + e.getMessage() + ".");
        }
        Set<String> kinds = new HashSet<>();
        for (MediaDescription media : offer.media()) {
            check(media, right, mode);
            if (!kinds.add(media.kind())) {
                throw unsupported("it has more than one section of " + media.kind());
            }
        }
        if (kinds.isEmpty()) {
            throw unsupported("it has neither sound nor picture");
        }
        return offer;
    }

    private static void check(MediaDescription media, Right right, SessionMode mode) {
        boolean picture = media.kind().equals(MediaDescription.VIDEO);
        if (!picture && !media.kind().equals(MediaDescription.AUDIO)) {
            throw unsupported("a section is neither sound nor picture");
        }
        MediaDirection direction = media.direction();
        if (!(right == Right.PUBLISH ? direction.sends() : direction.receives())) {
            throw unsupported(
                    right == Right.PUBLISH
                            ? "who publishes offers to send, with \"sendonly\""
                            : "who watches offers to receive, with \"recvonly\"");
        }
        if (picture && right == Right.PUBLISH && !mode.showsCameras()) {
            throw unsupported("this session has no cameras, offer sound alone");
        }
    }

    /** What is taken in part only would mislead whoever sends it (RFC 9725, section 4.4.3). */
    static void checkTaken(SessionDescription answer) {
        for (MediaDescription media : answer.media()) {
            if (media.port() == 0 && !media.has("bundle-only")) {
                throw unsupported("of its section of " + media.kind() + " no codec is known here");
            }
        }
    }

    private static Refused unsupported(String why) {
        return new Refused(ErrorId.UNSUPPORTED_SDP, "The SDP cannot be used: " + why + ".");
    }
}
