package org.everytake.peer.media;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.everytake.peer.clip.Clip;
import org.everytake.wire.rtcp.FullIntraRequest;
import org.everytake.wire.rtcp.PictureLossIndication;
import org.everytake.wire.rtcp.ReceiverReport;
import org.everytake.wire.rtcp.ReportBlock;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtcp.SenderReport;
import org.everytake.wire.rtcp.TransportLayerNack;
import org.everytake.wire.rtp.HeaderExtension;
import org.everytake.wire.vp8.Vp8Packetizer;
import org.jspecify.annotations.Nullable;

/**
 * A clip being sent: frames and packets when they are due, a sender report of each stream every second, and packets
 * again when asked. A wish for a key frame is counted only: the clip's own comes within its interval. Owned by the
 * connection's loop; statistics and switches are for any thread.
 */
public final class Publication {
    private static final int MAX_VIDEO_PAYLOAD = 1150;
    private static final long REPORT_NANOS = 1_000_000_000L;

    private final Clip clip;
    private final SenderClock clock;
    private final Sender sender;
    private final String cname;
    private final @Nullable OutboundStream audio;
    private final @Nullable OutboundStream video;
    private final List<OutboundStream> streams = new ArrayList<>();
    private final Vp8Packetizer packetizer;

    private @Nullable Playout audioPlayout;
    private @Nullable Playout videoPlayout;
    private long audioBase;
    private long videoBase;
    private long nextReportNanos;
    private volatile boolean audioOn = true;
    private volatile boolean videoOn = true;

    /**
     * @param audioPayloadType -1 to send no audio
     * @param videoPayloadType -1 to send no video
     */
    public Publication(
            Clip clip,
            int audioPayloadType,
            int videoPayloadType,
            SenderClock clock,
            String cname,
            RandomGenerator random,
            Sender sender,
            SenderLog log) {
        this.clip = clip;
        this.clock = clock;
        this.cname = cname;
        this.sender = sender;
        this.packetizer = new Vp8Packetizer(MAX_VIDEO_PAYLOAD, random.nextInt());
        long audioSsrc = random.nextInt() & 0xFFFFFFFEL;
        long videoSsrc = audioSsrc | 1;
        this.audio = audioPayloadType < 0
                ? null
                : new OutboundStream(audioSsrc, audioPayloadType, Clip.AUDIO_CLOCK, clock, random, sender, log);
        this.video = videoPayloadType < 0
                ? null
                : new OutboundStream(videoSsrc, videoPayloadType, Clip.VIDEO_CLOCK, clock, random, sender, log);
        if (audio != null) {
            streams.add(audio);
        }
        if (video != null) {
            streams.add(video);
        }
    }

    /** -1 if there is none. */
    public long audioSsrc() {
        return audio == null ? -1 : audio.ssrc();
    }

    /** -1 if there is none. */
    public long videoSsrc() {
        return video == null ? -1 : video.ssrc();
    }

    /** What the answer took. */
    public void negotiated(List<HeaderExtension> audioExtensions, List<HeaderExtension> videoExtensions) {
        if (audio != null) {
            audio.extensions(audioExtensions);
        }
        if (video != null) {
            video.extensions(videoExtensions);
        }
    }

    /**
     * Begins.
     *
     * @param clipStartNanos the network's time at which the clip began, or will; what has passed of it is not sent
     */
    public void start(long clipStartNanos, long nowNanos) {
        long own = clock.elapsedNanos(clipStartNanos);
        if (audio != null) {
            audioPlayout = new Playout(clip.audio(), Clip.AUDIO_CLOCK, clip.durationNanos(), own);
            audioBase = audio.timestampAt(clipStartNanos);
        }
        if (video != null) {
            videoPlayout = new Playout(clip.video(), Clip.VIDEO_CLOCK, clip.durationNanos(), own);
            videoBase = video.timestampAt(clipStartNanos);
        }
        report(nowNanos);
    }

    public void tick(long nowNanos) {
        long own = clock.elapsedNanos(nowNanos);
        if (audio != null && audioPlayout != null) {
            for (Clip.Unit unit = audioPlayout.poll(own); unit != null; unit = audioPlayout.poll(own)) {
                if (audioOn) {
                    audio.send(unit.bytes(), false, audioBase + unit.ticks(), nowNanos);
                }
            }
        }
        if (video != null && videoPlayout != null) {
            for (Clip.Unit unit = videoPlayout.poll(own); unit != null; unit = videoPlayout.poll(own)) {
                if (videoOn) {
                    sendFrame(video, unit, nowNanos);
                } else {
                    videoPlayout.awaitKeyFrame();
                }
            }
        }
        if (nowNanos - nextReportNanos >= 0) {
            report(nowNanos);
        }
    }

    /** Stops or resumes sending; the clip goes on meanwhile, and video resumes with a key frame. */
    public void sendAudio(boolean on) {
        audioOn = on;
    }

    /** As {@link #sendAudio}. */
    public void sendVideo(boolean on) {
        videoOn = on;
    }

    public void rtcp(List<RtcpPacket> packets) {
        for (RtcpPacket packet : packets) {
            switch (packet) {
                case TransportLayerNack nack -> {
                    OutboundStream stream = stream(nack.mediaSsrc());
                    if (stream != null) {
                        stream.retransmit(nack.lost());
                    }
                }
                case PictureLossIndication pli -> keyFrameRequested(pli.mediaSsrc());
                case FullIntraRequest fir -> fir.entries().forEach(entry -> keyFrameRequested(entry.ssrc()));
                case ReceiverReport report -> reported(report.reports());
                case SenderReport report -> reported(report.reports());
                default -> {
                    // Says nothing about what is sent here.
                }
            }
        }
    }

    public List<SentStatistics> statistics() {
        return streams.stream().map(OutboundStream::statistics).toList();
    }

    private void sendFrame(OutboundStream stream, Clip.Unit frame, long nowNanos) {
        List<byte[]> payloads = packetizer.packetize(frame.bytes());
        for (int i = 0; i < payloads.size(); i++) {
            stream.send(payloads.get(i), i == payloads.size() - 1, videoBase + frame.ticks(), nowNanos);
        }
    }

    private void report(long nowNanos) {
        streams.forEach(stream -> sender.rtcp(stream.compound(cname, nowNanos)));
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
            if (stream.ssrc() == ssrc) {
                return stream;
            }
        }
        return null;
    }
}
