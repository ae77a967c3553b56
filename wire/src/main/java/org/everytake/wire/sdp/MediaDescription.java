package org.everytake.wire.sdp;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One {@code m=} section (RFC 8866, section 5.14). Immutable.
 *
 * @param kind {@code audio}, {@code video}, {@code application} or another
 * @param port 0 if the media is refused
 * @param protocol such as {@code UDP/TLS/RTP/SAVPF}
 * @param formats in RTP the payload types, best first
 * @param lines what is neither {@code m=} nor {@code a=}, in order, such as {@code c=}
 */
public record MediaDescription(
        String kind,
        int port,
        String protocol,
        List<String> formats,
        List<SdpLine> lines,
        List<SdpAttribute> attributes)
        implements AttributeList {

    public static final String AUDIO = "audio";
    public static final String VIDEO = "video";
    public static final String DTLS_SRTP = "UDP/TLS/RTP/SAVPF";

    public MediaDescription {
        formats = List.copyOf(formats);
        lines = List.copyOf(lines);
        attributes = List.copyOf(attributes);
    }

    /** Media over DTLS-SRTP on a port and an address that ICE will find. */
    public static MediaDescription rtp(String kind, List<Integer> payloadTypes, List<SdpAttribute> attributes) {
        return new MediaDescription(
                kind,
                9,
                DTLS_SRTP,
                payloadTypes.stream().map(String::valueOf).toList(),
                List.of(new SdpLine('c', "IN IP4 0.0.0.0")),
                attributes);
    }

    /** The answer that refuses this media (RFC 3264, section 6). */
    public MediaDescription refused() {
        String mid = mid();
        List<SdpAttribute> kept =
                mid == null ? List.of() : List.of(RawAttribute.mid(mid), (SdpAttribute) MediaDirection.INACTIVE);
        return new MediaDescription(kind, 0, protocol, formats, List.of(new SdpLine('c', "IN IP4 0.0.0.0")), kept);
    }

    public @Nullable String mid() {
        return value("mid");
    }

    /** {@link MediaDirection#SENDRECV} if not said. */
    public MediaDirection direction() {
        MediaDirection direction = first(MediaDirection.class);
        return direction == null ? MediaDirection.SENDRECV : direction;
    }

    /** By payload type, in the order of preference of {@link #formats}; those without an {@code rtpmap} are left out. */
    public Map<Integer, RtpMap> rtpMaps() {
        // A hostile section has thousands of formats and hundreds of maps: each is looked at once.
        Map<String, RtpMap> byFormat = new HashMap<>();
        for (RtpMap map : all(RtpMap.class)) {
            byFormat.putIfAbsent(Integer.toString(map.payloadType()), map);
        }
        Map<Integer, RtpMap> byPayloadType = new LinkedHashMap<>();
        for (String format : formats) {
            RtpMap map = byFormat.get(format);
            if (map != null) {
                byPayloadType.putIfAbsent(map.payloadType(), map);
            }
        }
        return byPayloadType;
    }

    /** The format parameters of a payload type, or null. */
    public @Nullable Fmtp fmtp(int payloadType) {
        return all(Fmtp.class).stream()
                .filter(fmtp -> fmtp.payloadType() == payloadType)
                .findFirst()
                .orElse(null);
    }

    /** What feedback is taken for a payload type, such as {@code nack pli}. */
    public List<String> feedback(int payloadType) {
        return all(RtcpFeedback.class).stream()
                .filter(f -> f.payloadType() == payloadType || f.payloadType() == RtcpFeedback.ANY)
                .map(RtcpFeedback::feedback)
                .toList();
    }

    /** The id of a header extension, or -1 if the section does not have it. */
    public int extensionId(String uri) {
        return all(ExtMap.class).stream()
                .filter(ext -> ext.uri().equals(uri))
                .mapToInt(ExtMap::id)
                .findFirst()
                .orElse(-1);
    }

    /** Each SSRC once, in the order of its first line. */
    public List<Long> ssrcs() {
        return all(SsrcAttribute.class).stream()
                .map(SsrcAttribute::ssrc)
                .distinct()
                .toList();
    }

    void print(StringBuilder out) {
        SessionDescription.line(out, "m=" + kind + " " + port + " " + protocol + " " + String.join(" ", formats));
        lines.forEach(l -> SessionDescription.line(out, l.line()));
        attributes.forEach(a -> SessionDescription.line(out, a.line()));
    }
}
