package org.everytake.call.sdp;

import java.util.ArrayList;
import java.util.List;
import org.everytake.call.Refused;
import org.everytake.wire.sdp.ExtMap;
import org.everytake.wire.sdp.MediaDescription;
import org.everytake.wire.sdp.SessionDescription;
import org.everytake.wire.sdp.Setup;
import org.jspecify.annotations.Nullable;

/**
 * What a person takes of what we offered.
 *
 * @param peer null if they refused everything
 * @param sections in the order of the offer
 */
public record SubscribeAnswer(@Nullable PeerConnection peer, List<Section> sections) {
    /**
     * @param receives whether the person wants what is sent on it
     * @param mid whether packets may carry the MID
     */
    public record Section(boolean receives, boolean mid) {}

    public SubscribeAnswer {
        sections = List.copyOf(sections);
    }

    /**
     * @param mids of the offer
     * @throws Refused {@code malformed-sdp} or {@code unsupported-sdp}
     */
    public static SubscribeAnswer parse(String answer, List<String> mids) throws Refused {
        SessionDescription sdp = Sdp.parse(answer);
        if (sdp.media().size() != mids.size()) {
            throw Sdp.unsupported("it has " + sdp.media().size() + " media sections, the offer " + mids.size());
        }
        PeerConnection peer = null;
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < mids.size(); i++) {
            MediaDescription media = sdp.media().get(i);
            if (media.port() == 0) {
                sections.add(new Section(false, false));
                continue;
            }
            if (!mids.get(i).equals(media.mid())) {
                throw Sdp.unsupported("its mids are not those of the offer");
            }
            if (!Sdp.isOurs(media) || Codecs.common(media).isEmpty()) {
                throw Sdp.unsupported("section " + mids.get(i) + " is neither Opus nor VP8 with rtcp-mux");
            }
            if (peer == null) {
                peer = Sdp.peer(sdp, media, Setup.ACTIVE);
            }
            sections.add(new Section(
                    media.direction().receives(), media.extensionId(ExtMap.MID) == SubscribeOffer.MID_EXTENSION));
        }
        return new SubscribeAnswer(peer, sections);
    }
}
