package org.everytake.call.media;

import java.util.List;
import org.everytake.call.CallCounters;
import org.everytake.call.CallCounters.Counter;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtcp.FullIntraRequest;
import org.everytake.wire.rtcp.PictureLossIndication;
import org.everytake.wire.rtcp.ReceiverEstimatedMaximumBitrate;
import org.everytake.wire.rtcp.ReceiverReport;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtcp.RtcpPackets;
import org.everytake.wire.rtcp.TransportFeedback;
import org.everytake.wire.rtcp.TransportLayerNack;
import org.jspecify.annotations.Nullable;

/** Understands what somebody reports of what they are sent. Owned by the loop. */
final class SubscriberFeedback {
    private final CallCounters counters;
    private final PathControl path;

    SubscriberFeedback(CallCounters counters, PathControl path) {
        this.counters = counters;
        this.path = path;
    }

    void rtcp(List<SubscribedSection> sections, byte[] buffer, int offset, int length, long arrivalNanos) {
        List<RtcpPacket> packets;
        try {
            packets = RtcpPackets.parse(buffer, offset, length);
        } catch (Malformed e) {
            counters.count(Counter.RTCP_MALFORMED);
            return;
        }
        for (RtcpPacket packet : packets) {
            switch (packet) {
                case TransportLayerNack nack -> lost(sections, nack);
                case PictureLossIndication pli -> keyFrame(sections, pli.mediaSsrc());
                case FullIntraRequest fir -> fir.entries().forEach(entry -> keyFrame(sections, entry.ssrc()));
                case TransportFeedback feedback -> path.arrived(feedback, arrivalNanos);
                case ReceiverEstimatedMaximumBitrate remb -> path.estimator().told(remb.bitsPerSecond());
                case ReceiverReport report -> path.reported(report);
                default -> {
                    // Names (SDES) that the signalling knows better.
                }
            }
        }
    }

    private void lost(List<SubscribedSection> sections, TransportLayerNack nack) {
        Forwarder forwarder = sending(sections, nack.mediaSsrc());
        if (forwarder != null) {
            forwarder.retransmit(nack.lost());
        }
    }

    private void keyFrame(List<SubscribedSection> sections, long ssrc) {
        wantKeyFrame(sending(sections, ssrc));
    }

    private @Nullable Forwarder sending(List<SubscribedSection> sections, long ssrc) {
        for (SubscribedSection section : sections) {
            if (section.forwarder != null && section.ssrc == ssrc) {
                return section.forwarder;
            }
        }
        counters.count(Counter.RTCP_UNKNOWN_SOURCE);
        return null;
    }

    /** They are connected: what is to be sent begins with a key frame. */
    void connected(List<SubscribedSection> sections) {
        path.changed();
        sections.forEach(section -> wantKeyFrame(section.forwarder));
    }

    private static void wantKeyFrame(@Nullable Forwarder forwarder) {
        Layer target = forwarder == null ? null : forwarder.target();
        if (target != null) {
            target.keyFrames().want();
        }
    }
}
