package org.everytake.peer.media;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.sdp.Fmtp;
import org.everytake.wire.sdp.MediaDescription;
import org.everytake.wire.sdp.RtcpFeedback;
import org.everytake.wire.sdp.RtpMap;
import org.everytake.wire.sdp.SsrcGroup;

/**
 * An active media section of a subscription.
 *
 * @param repairs whether the sender answers NACK
 * @param codecs by payload type, without that of retransmissions
 * @param repeatedTypes the payload type that a retransmission's payload type repeats (RFC 4588)
 * @param repeatedSsrcs the SSRC that a retransmission's SSRC repeats, as far as the SDP says
 * @param ssrcs that the SDP names
 */
public record InboundSection(
        String mid,
        boolean isVideo,
        boolean repairs,
        Map<Integer, RtpMap> codecs,
        Map<Integer, Integer> repeatedTypes,
        Map<Long, Long> repeatedSsrcs,
        List<Long> ssrcs,
        ExtensionIds extensions) {
    private static final String RTX = "rtx";

    public InboundSection {
        codecs = Map.copyOf(codecs);
        repeatedTypes = Map.copyOf(repeatedTypes);
        repeatedSsrcs = Map.copyOf(repeatedSsrcs);
        ssrcs = List.copyOf(ssrcs);
    }

    /**
     * @param agreed what both sides have of a section in common
     * @param offered the same section as the sender describes it
     */
    public static InboundSection of(String mid, MediaDescription agreed, MediaDescription offered) {
        Map<Integer, RtpMap> codecs = new HashMap<>(agreed.rtpMaps());
        codecs.values().removeIf(map -> map.is(RTX));
        return new InboundSection(
                mid,
                agreed.kind().equals(MediaDescription.VIDEO),
                agreed.all(RtcpFeedback.class).stream()
                        .anyMatch(f -> f.feedback().equals(RtcpFeedback.NACK)),
                codecs,
                repeatedTypes(agreed),
                repeatedSsrcs(offered),
                offered.ssrcs(),
                ExtensionIds.of(agreed));
    }

    /** By the payload types of retransmissions, those that they repeat. */
    public static Map<Integer, Integer> repeatedTypes(MediaDescription section) {
        Map<Integer, Integer> repeated = new HashMap<>();
        for (RtpMap map : section.rtpMaps().values()) {
            Fmtp fmtp = section.fmtp(map.payloadType());
            String associated = map.is(RTX) && fmtp != null ? fmtp.get("apt") : null;
            for (Integer payloadType : section.rtpMaps().keySet()) {
                if (payloadType.toString().equals(associated)) {
                    repeated.put(map.payloadType(), payloadType);
                }
            }
        }
        return repeated;
    }

    private static Map<Long, Long> repeatedSsrcs(MediaDescription section) {
        Map<Long, Long> repeated = new HashMap<>();
        for (SsrcGroup group : section.all(SsrcGroup.class)) {
            if (group.semantics().equals("FID") && group.ssrcs().size() == 2) {
                repeated.put(group.ssrcs().getLast(), group.ssrcs().getFirst());
            }
        }
        return repeated;
    }

    /** The payload type that a packet repeats, -1 if it is no retransmission. */
    int repeatedType(RtpPacket packet) {
        return repeatedTypes.getOrDefault(packet.payloadType(), -1);
    }

    boolean has(RtpPacket packet) {
        return codecs.containsKey(packet.payloadType()) || repeatedType(packet) >= 0;
    }

    /** Whether a packet is coded so. */
    boolean isCoded(RtpPacket packet, String encoding) {
        RtpMap map = codecs.get(packet.payloadType());
        return map != null && map.is(encoding);
    }
}
