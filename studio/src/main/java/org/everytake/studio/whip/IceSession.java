package org.everytake.studio.whip;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.everytake.wire.sdp.Group;
import org.everytake.wire.sdp.MediaDescription;
import org.everytake.wire.sdp.RawAttribute;
import org.everytake.wire.sdp.SdpAttribute;
import org.everytake.wire.sdp.SdpFragment;
import org.everytake.wire.sdp.SessionDescription;

/** What of descriptions belongs to ICE and changes with a restart (RFC 9725, section 4.3.3). Pure. */
final class IceSession {
    private static final Set<String> OF_ICE = Set.of("ice-ufrag", "ice-pwd", "candidate", "end-of-candidates");

    private IceSession() {}

    /** A strong one, since our user name fragment is another for each ICE session. */
    static String entityTag(SessionDescription answer) {
        return "\"" + answer.iceUfrag(first(answer)) + "\"";
    }

    /** The offer that a client would send if it sent one to restart ICE: the last one with other credentials. */
    static SessionDescription restarted(SessionDescription offer, String ufrag, String password) {
        List<SdpAttribute> credentials = List.of(RawAttribute.iceUfrag(ufrag), RawAttribute.icePwd(password));
        return new SessionDescription(
                offer.origin(),
                offer.name(),
                offer.lines(),
                Stream.concat(withoutIce(offer.attributes()), credentials.stream())
                        .toList(),
                offer.media().stream()
                        .map(media -> new MediaDescription(
                                media.kind(),
                                media.port(),
                                media.protocol(),
                                media.formats(),
                                media.lines(),
                                withoutIce(media.attributes()).toList()))
                        .toList());
    }

    private static Stream<SdpAttribute> withoutIce(List<SdpAttribute> attributes) {
        return attributes.stream().filter(attribute -> !OF_ICE.contains(attribute.key()));
    }

    /** Our side of a restart: of the answer what belongs to ICE, of the one section that speaks for the bundle. */
    static SdpFragment fragment(SessionDescription answer) {
        MediaDescription first = first(answer);
        Stream<SdpAttribute> said = answer.attributes().stream()
                .filter(attribute ->
                        attribute instanceof Group || attribute.key().startsWith("ice-"));
        Stream<SdpAttribute> section = first.attributes().stream()
                .filter(attribute ->
                        OF_ICE.contains(attribute.key()) || attribute.key().equals("mid"));
        return new SdpFragment(
                said.toList(),
                List.of(new MediaDescription(
                        first.kind(), first.port(), first.protocol(), first.formats(), List.of(), section.toList())));
    }

    /** The first section that was not refused. */
    private static MediaDescription first(SessionDescription answer) {
        return answer.media().stream()
                .filter(media -> media.port() != 0)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("an answer without media"));
    }
}
