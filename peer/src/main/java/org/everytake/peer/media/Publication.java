package org.everytake.peer.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.everytake.peer.clip.Clip;
import org.everytake.peer.clip.Encoding;
import org.everytake.wire.codec.VideoCodec;
import org.everytake.wire.rtcp.FullIntraRequest;
import org.everytake.wire.rtcp.PictureLossIndication;
import org.everytake.wire.rtcp.ReceiverEstimatedMaximumBitrate;
import org.everytake.wire.rtcp.ReceiverReport;
import org.everytake.wire.rtcp.ReportBlock;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtcp.SenderReport;
import org.everytake.wire.rtcp.TransportFeedback;
import org.everytake.wire.rtcp.TransportLayerNack;
import org.everytake.wire.rtp.VideoOrientation;
import org.everytake.wire.video.Packetizer;
import org.jspecify.annotations.Nullable;

/**
 * Clips being sent: frames and packets when they are due, a sender report of each stream every second, and packets again
 * when asked. A wish for a key frame is counted only: the clip's own comes within its interval. Of several layers as
 * many are sent, from the smallest up, as the receiver's estimate allows. Owned by the connection's loop; statistics and
 * switches are for any thread.
 */
public final class Publication {
    private static final int MAX_VIDEO_PAYLOAD = 1150;
    private static final long REPORT_NANOS = 1_000_000_000L;
    private static final int MOST_LAYERS = 4;

    /** Of audio whose loudness nobody has set: a normal voice. */
    private static final int VOICE_LEVEL = 30;

    /**
     * Numbers by which the offer calls what is sent.
     *
     * @param audioPayloadType of the clip's encoding
     * @param videoPayloadType of the clip's encoding
     */
    public record Names(String audioMid, int audioPayloadType, String videoMid, int videoPayloadType) {}

    private final SenderClock clock;
    private final Sender sender;
    private final OutboundTransport transport;
    private final String cname;
    private final long audioBitsPerSecond;
    private final @Nullable OutboundAudio audio;
    private final List<OutboundVideo> layers = new ArrayList<>();
    private final List<OutboundStream> streams = new ArrayList<>();
    private final Set<String> pausedRids = ConcurrentHashMap.newKeySet();

    private Agreed audioAgreed = Agreed.REFUSED;
    private Agreed videoAgreed = Agreed.REFUSED;
    private long estimatedBitsPerSecond = Long.MAX_VALUE;
    private long nextReportNanos;
    private volatile boolean audioOn = true;
    private volatile boolean videoOn = true;
    private volatile int audioLevel = VOICE_LEVEL;
    private volatile VideoOrientation orientation = VideoOrientation.UPRIGHT;

    /**
     * @param offered the smallest layer first; the audio is the last one's
     * @param log null to keep none
     */
    public Publication(
            List<Layer> offered,
            Names names,
            SenderClock clock,
            String cname,
            RandomGenerator random,
            Sender sender,
            @Nullable SenderLog log) {
        if (offered.isEmpty() || offered.size() > MOST_LAYERS) {
            throw new IllegalArgumentException(offered.size() + " layers");
        }
        this.clock = clock;
        this.cname = cname;
        this.sender = sender;
        this.transport = new OutboundTransport(sender, random);
        Clip best = offered.getLast().clip();
        this.audioBitsPerSecond = best.audioBitsPerSecond();
        // Of their low byte 0 is audio, odd numbers are video, and the high bit is for retransmissions.
        long ssrcs = random.nextInt() & 0xFFFFFF00L;
        if (best.hasAudio()) {
            OutboundStream stream = new OutboundStream(
                    new StreamIdentity(ssrcs, ssrcs | 0x80, names.audioMid, ""),
                    best.audioEncoding().clockRate(),
                    clock,
                    random,
                    transport,
                    log);
            streams.add(stream);
            audio = new OutboundAudio(best, names.audioPayloadType, stream, clock);
        } else {
            audio = null;
        }
        for (Layer layer : offered) {
            if (!layer.clip().hasVideo()) {
                continue;
            }
            long ssrc = ssrcs | 2L * layers.size() + 1;
            OutboundStream stream = new OutboundStream(
                    new StreamIdentity(ssrc, ssrc | 0x80, names.videoMid, layer.rid()),
                    Clip.VIDEO_CLOCK,
                    clock,
                    random,
                    transport,
                    log);
            streams.add(stream);
            layers.add(new OutboundVideo(
                    layer.clip(),
                    names.videoPayloadType,
                    packetizer(layer.clip().videoEncoding(), random.nextInt()),
                    stream,
                    clock));
        }
    }

    private static Packetizer packetizer(Encoding encoding, int firstPictureId) {
        return VideoCodec.of(encoding.name())
                .orElseThrow(() -> new IllegalArgumentException("no way to send " + encoding.name()))
                .packetizer(MAX_VIDEO_PAYLOAD, firstPictureId);
    }

    /** What is sent, the audio first. */
    public List<StreamIdentity> streams() {
        return streams.stream().map(OutboundStream::identity).toList();
    }

    /** What the answer took. */
    public void agreed(Agreed forAudio, Agreed forVideo) {
        audioAgreed = forAudio;
        videoAgreed = forVideo;
        if (audio != null) {
            audio.agreed(forAudio);
        }
        layers.forEach(layer -> layer.stream().agreed(forVideo));
    }

    /**
     * Begins.
     *
     * @param clipStartNanos the network's time at which the clip began, or will; what has passed of it is not sent
     */
    public void start(long clipStartNanos, long nowNanos) {
        if (audio != null) {
            audio.start(clipStartNanos);
        }
        layers.forEach(layer -> layer.start(clipStartNanos));
        report(nowNanos);
    }

    public void tick(long nowNanos) {
        if (audio != null) {
            audio.tick(audioOn && audioAgreed.sends(), audioLevel, nowNanos);
        }
        long budget = estimatedBitsPerSecond - audioBitsPerSecond;
        boolean isSmallest = true;
        for (OutboundVideo layer : layers) {
            boolean isOn = videoOn
                    && isTaken(layer)
                    && !pausedRids.contains(layer.stream().identity().rid());
            if (isOn) {
                budget -= layer.bitsPerSecond();
            }
            layer.tick(isOn && (isSmallest || budget >= 0), orientation, nowNanos);
            isSmallest &= !isOn;
        }
        if (nowNanos - nextReportNanos >= 0) {
            report(nowNanos);
        }
    }

    /** Who takes no layers gets the largest. */
    private boolean isTaken(OutboundVideo layer) {
        List<String> rids = videoAgreed.rids();
        return videoAgreed.sends()
                && (rids.isEmpty()
                        ? layer == layers.getLast()
                        : rids.contains(layer.stream().identity().rid()));
    }

    /** Stops or resumes sending; the clip goes on meanwhile, and video resumes with a key frame. */
    public void sendAudio(boolean on) {
        audioOn = on;
    }

    /** As {@link #sendAudio}. */
    public void sendVideo(boolean on) {
        videoOn = on;
    }

    /** As {@link #sendAudio}, of one layer. */
    public void sendLayer(String rid, boolean on) {
        if (on) {
            pausedRids.remove(rid);
        } else {
            pausedRids.add(rid);
        }
    }

    /**
     * How loud the audio is said to be.
     *
     * @param level 0, as loud as can be, to 127, which is silence
     */
    public void audioLevel(int level) {
        audioLevel = level;
    }

    /** How the video is to be turned, from the next frame on. */
    public void orientation(VideoOrientation turn) {
        orientation = turn;
    }

    public void rtcp(List<RtcpPacket> packets, long nowNanos) {
        for (RtcpPacket packet : packets) {
            switch (packet) {
                case TransportLayerNack nack -> {
                    OutboundStream stream = stream(nack.mediaSsrc());
                    if (stream != null) {
                        stream.retransmit(nack.lost(), nowNanos);
                    }
                }
                case PictureLossIndication pli -> keyFrameRequested(pli.mediaSsrc());
                case FullIntraRequest fir -> fir.entries().forEach(entry -> keyFrameRequested(entry.ssrc()));
                case ReceiverReport report -> reported(report.reports());
                case SenderReport report -> reported(report.reports());
                case TransportFeedback feedback -> transport.feedback(feedback);
                case ReceiverEstimatedMaximumBitrate estimate -> estimatedBitsPerSecond = estimate.bitsPerSecond();
                default -> {
                    // Says nothing about what is sent here.
                }
            }
        }
    }

    public List<SentStatistics> statistics() {
        return streams.stream().map(OutboundStream::statistics).toList();
    }

    public FeedbackStatistics feedback() {
        return transport.statistics();
    }

    private void report(long nowNanos) {
        if (audio != null && audioAgreed.sends()) {
            sender.rtcp(audio.stream().compound(cname, nowNanos));
        }
        for (OutboundVideo layer : layers) {
            if (isTaken(layer)) {
                sender.rtcp(layer.stream().compound(cname, nowNanos));
            }
        }
        nextReportNanos = nowNanos + REPORT_NANOS;
    }

    private void keyFrameRequested(long ssrc) {
        OutboundStream stream = stream(ssrc);
        if (stream != null) {
            stream.keyFrameRequested();
        }
    }

    private void reported(List<ReportBlock> blocks) {
        for (ReportBlock block : blocks) {
            OutboundStream stream = stream(block.ssrc());
            if (stream != null) {
                stream.reported(block);
            }
        }
    }

    private @Nullable OutboundStream stream(long ssrc) {
        for (OutboundStream stream : streams) {
            if (stream.identity().ssrc() == ssrc) {
                return stream;
            }
        }
        return null;
    }
}
