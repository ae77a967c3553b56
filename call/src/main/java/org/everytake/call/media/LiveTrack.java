package org.everytake.call.media;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.everytake.call.Codec;
import org.everytake.call.Stream;
import org.everytake.call.Track;
import org.everytake.call.sdp.PublishOffer;
import org.everytake.call.sdp.SupportedCodec;
import org.everytake.wire.codec.VideoCodec;
import org.everytake.wire.rtcp.FullIntraRequest;
import org.everytake.wire.rtcp.PictureLossIndication;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtcp.SenderReport;
import org.everytake.wire.rtcp.TransportLayerNack;
import org.everytake.wire.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/** An open track with its layers and streams, and with those who get it. Owned by the loop. */
public final class LiveTrack {
    private final Track track;
    private final PublishOffer.Repair repair;
    private final InboundFormat format;
    private final RecordedLayer recorded = new RecordedLayer();
    private final List<InboundStream> streams = new ArrayList<>();
    private final Loudness loudness = new Loudness();
    private final List<String> rids;
    private List<Layer> layers = List.of();
    private List<Forwarder> forwarders = List.of();
    private int fullIntraSequence;
    private long keyFramesRequested;
    private long givenUp;

    /**
     * @param rids of the simulcast layers that were negotiated; empty if there is but one
     */
    public LiveTrack(Track track, List<String> rids, PublishOffer.Repair repair) {
        this.track = track;
        this.rids = List.copyOf(rids);
        this.repair = repair;
        this.format = new InboundFormat(track.kind().isVideo(), track.codecs(), track.headerExtensions());
    }

    public Track track() {
        return track;
    }

    public List<InboundStream> streams() {
        return streams;
    }

    /** In the order in which they came. */
    public List<Layer> layers() {
        return layers;
    }

    /** How loud it is, if it is sound. */
    public Loudness loudness() {
        return loudness;
    }

    /**
     * The layers that somebody needs, by rid.
     *
     * @param lines the most that anybody sees of it; 0 if nobody sees it
     * @param recording whether the best that arrives is recorded
     * @return empty if the publisher need not send it at all
     */
    public Set<String> needed(int lines, boolean recording, long nowNanos) {
        List<String> all = rids.isEmpty() ? List.of("") : rids;
        if (rids.isEmpty() || lines == SubscribedSection.FULL && recording) {
            return lines > 0 || recording ? Set.copyOf(all) : Set.of();
        }
        Layer best = null;
        Layer enough = null;
        for (Layer layer : layers) {
            best = best == null || layer.isBetterThan(best, nowNanos) ? layer : best;
            if (layer.lines() >= lines && (enough == null || enough.isBetterThan(layer, nowNanos))) {
                enough = layer;
            }
        }
        Set<String> needed = new HashSet<>();
        for (String rid : all) {
            Layer layer = find(rid);
            boolean seen = lines > 0 && (layer == null || enough == null || !layer.isBetterThan(enough, nowNanos));
            // Of a layer that never came we do not know whether it is the best.
            boolean recorded = recording && (layer == null || layer == best);
            if (seen || recorded) {
                needed.add(rid);
            }
        }
        return needed;
    }

    private @Nullable Layer find(String rid) {
        for (Layer layer : layers) {
            if (layer.rid().equals(rid)) {
                return layer;
            }
        }
        return null;
    }

    public void describe(List<Codec> codecs, Map<Integer, String> headerExtensions) {
        track.describe(codecs, headerExtensions);
        format.describe(codecs, headerExtensions);
    }

    /**
     * @param rid of the layer that it carries; it follows the stream that carried it so far
     */
    public InboundStream addStream(long ssrc, String rid, int payloadType, long nowNanos) {
        Stream stream = track.addStream(ssrc, rid);
        Layer layer = layer(rid, nowNanos);
        var inbound = new InboundStream(stream, layer, format, format.clockRate(payloadType), repair.nack());
        streams.add(inbound);
        layer.begin(inbound);
        return inbound;
    }

    private Layer layer(String rid, long nowNanos) {
        Layer known = find(rid);
        if (known != null) {
            return known;
        }
        var layer = new Layer(rid, track.kind(), nowNanos);
        var more = new ArrayList<>(layers);
        more.add(layer);
        layers = List.copyOf(more);
        return layer;
    }

    public void add(Forwarder forwarder) {
        var more = new ArrayList<>(forwarders);
        more.add(forwarder);
        forwarders = List.copyOf(more);
    }

    public void remove(Forwarder forwarder) {
        var fewer = new ArrayList<>(forwarders);
        fewer.remove(forwarder);
        forwarders = List.copyOf(fewer);
    }

    /** Of what is recorded, and of what those who watch are waiting for. */
    public void wantKeyFrame() {
        Layer best = recorded.current();
        if (best != null) {
            best.keyFrames().want();
        }
        for (Forwarder forwarder : forwarders) {
            Layer target = forwarder.target();
            if (target != null) {
                target.keyFrames().want();
            }
        }
    }

    /**
     * Accounts for a packet. Nothing is allocated here.
     *
     * @return whether a key frame begins in it
     */
    public boolean arrived(InboundStream stream, RtpPacket packet, long arrivalNanos) {
        stream.layer().arrived(packet.length(), packet.timestamp(), arrivalNanos);
        if (!format.isVideo()) {
            loudness.arrived(packet, format.carriedExtension(), arrivalNanos);
            return false;
        }
        SupportedCodec codec = format.codec(packet.payloadType());
        VideoCodec video = codec == null ? null : codec.videoCodec();
        stream.readLayer(video, packet, arrivalNanos);
        byte[] b = packet.buffer();
        int at = packet.payloadOffset();
        int length = packet.payloadLength();
        if (video == null || !video.startsKeyFrame(b, at, length)) {
            return false;
        }
        stream.layer().keyFrame(video.frameSize(b, at, length), arrivalNanos);
        return true;
    }

    /** Whether a packet belongs to what is recorded of this track: the best layer that arrives. */
    public boolean isRecorded(InboundStream stream, boolean startsKeyFrame, long arrivalNanos) {
        return recorded.takes(stream.layer(), startsKeyFrame, arrivalNanos);
    }

    /**
     * To all who get it. Nothing is allocated here.
     *
     * @return how many copies went out
     */
    public int forward(
            InboundStream stream, RtpPacket packet, boolean startsKeyFrame, long extendedSequence, long arrivalNanos) {
        List<Forwarder> all = forwarders;
        int copies = 0;
        for (int i = 0; i < all.size(); i++) {
            copies += all.get(i).packet(stream, packet, startsKeyFrame, extendedSequence, arrivalNanos) ? 1 : 0;
        }
        return copies;
    }

    public void forward(InboundStream stream, SenderReport report) {
        forwarders.forEach(forwarder -> forwarder.senderReport(stream, report));
    }

    /**
     * What to tell the publisher now: requests for lost packets and for key frames.
     *
     * @param recording whether somebody records
     */
    public List<RtcpPacket> feedbackDue(long ourSsrc, long nowNanos, boolean recording) {
        List<RtcpPacket> feedback = List.of();
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            InboundStream stream = layer.stream();
            if (stream == null) {
                continue;
            }
            TransportLayerNack request = stream.nackDue(ourSsrc, nowNanos);
            if (request != null) {
                feedback = and(feedback, request);
            }
            long lost = stream.givenUpSince();
            if (lost > 0) {
                givenUp += lost;
                layer.keyFrames().want();
            }
            boolean toBeEntered = recording && layer == recorded.current();
            if (format.isVideo() && layer.flows(nowNanos) && layer.keyFrames().due(nowNanos, toBeEntered)) {
                keyFramesRequested++;
                feedback =
                        and(feedback, keyFrameRequest(ourSsrc, stream.stream().ssrc()));
            }
        }
        return feedback;
    }

    /** Whether packets are missing that may still come. */
    boolean isMissing() {
        for (int i = 0; i < layers.size(); i++) {
            InboundStream stream = layers.get(i).stream();
            if (stream != null && stream.isMissing()) {
                return true;
            }
        }
        return false;
    }

    private RtcpPacket keyFrameRequest(long ourSsrc, long ssrc) {
        if (!repair.fullIntra()) {
            return new PictureLossIndication(ourSsrc, ssrc);
        }
        fullIntraSequence = (fullIntraSequence + 1) & 0xFF;
        return new FullIntraRequest(ourSsrc, 0, List.of(new FullIntraRequest.Entry(ssrc, fullIntraSequence)));
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
