package org.everytake.call.media;

import java.util.ArrayList;
import java.util.List;
import org.everytake.call.Codec;
import org.everytake.call.Stream;
import org.everytake.call.Track;
import org.everytake.wire.rtcp.PictureLossIndication;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtcp.SenderReport;
import org.everytake.wire.rtcp.TransportLayerNack;
import org.everytake.wire.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/** An open track with its streams and with those who get it. Owned by the loop. */
public final class LiveTrack {
    private final Track track;
    private final boolean nack;
    private final KeyFrameRequester keyFrames;
    private final List<InboundStream> streams = new ArrayList<>();
    private List<Forwarder> forwarders = List.of();
    private @Nullable InboundStream latest;
    private long keyFramesRequested;
    private long givenUp;

    public LiveTrack(Track track, boolean nack, long nowNanos) {
        this.track = track;
        this.nack = nack;
        this.keyFrames = new KeyFrameRequester(nowNanos);
        keyFrames.want();
    }

    public Track track() {
        return track;
    }

    public List<InboundStream> streams() {
        return streams;
    }

    public InboundStream addStream(long ssrc, int payloadType) {
        Stream stream = track.addStream(ssrc, "");
        int clockRate = track.codecs().stream()
                .filter(codec -> codec.payloadType() == payloadType)
                .mapToInt(Codec::clockRate)
                .findFirst()
                .orElse(track.kind().isVideo() ? 90_000 : 48_000);
        var inbound = new InboundStream(stream, clockRate, nack);
        streams.forEach(InboundStream::ended);
        streams.add(inbound);
        latest = inbound;
        keyFrames.want();
        return inbound;
    }

    public void add(Forwarder forwarder) {
        var more = new ArrayList<>(forwarders);
        more.add(forwarder);
        forwarders = List.copyOf(more);
        keyFrames.want();
    }

    public void remove(Forwarder forwarder) {
        var fewer = new ArrayList<>(forwarders);
        fewer.remove(forwarder);
        forwarders = List.copyOf(fewer);
    }

    public void wantKeyFrame() {
        keyFrames.want();
    }

    /** To all who get it. Nothing is allocated here. */
    public void forward(InboundStream stream, RtpPacket packet, long extendedSequence, long arrivalNanos) {
        if (track.kind().isVideo() && KeyFrames.startsVp8KeyFrame(packet)) {
            keyFrames.keyFrame(arrivalNanos);
        }
        List<Forwarder> all = forwarders;
        for (int i = 0; i < all.size(); i++) {
            all.get(i).packet(stream, packet, extendedSequence, arrivalNanos);
        }
    }

    public void forward(InboundStream stream, SenderReport report) {
        forwarders.forEach(forwarder -> forwarder.senderReport(stream, report));
    }

    /**
     * What to tell the publisher now: requests for lost packets and for a key frame.
     *
     * @param recording whether somebody records
     */
    public List<RtcpPacket> feedbackDue(long ourSsrc, long nowNanos, boolean recording) {
        List<RtcpPacket> feedback = List.of();
        for (int i = 0; i < streams.size(); i++) {
            InboundStream stream = streams.get(i);
            TransportLayerNack request = stream.nackDue(ourSsrc, nowNanos);
            if (request != null) {
                feedback = and(feedback, request);
            }
            long lost = stream.givenUpSince();
            if (lost > 0) {
                givenUp += lost;
                keyFrames.want();
            }
        }
        if (track.kind().isVideo() && latest != null && keyFrames.due(nowNanos, recording)) {
            keyFramesRequested++;
            feedback = and(
                    feedback, new PictureLossIndication(ourSsrc, latest.stream().ssrc()));
        }
        return feedback;
    }

    private static List<RtcpPacket> and(List<RtcpPacket> feedback, RtcpPacket packet) {
        List<RtcpPacket> more = new ArrayList<>(feedback);
        more.add(packet);
        return more;
    }

    public long keyFramesRequested() {
        return keyFramesRequested;
    }

    public long givenUp() {
        return givenUp;
    }
}
