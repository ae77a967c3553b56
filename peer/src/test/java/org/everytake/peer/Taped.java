package org.everytake.peer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.everytake.call.Kind;
import org.everytake.call.Sink;
import org.everytake.call.Stream;
import org.everytake.call.Track;
import org.everytake.wire.Malformed;
import org.everytake.wire.codec.VideoCodec;
import org.everytake.wire.rtp.RedundantAudio;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.video.FrameAssembler;
import org.everytake.wire.video.VideoFrame;
import org.everytake.wire.video.VideoLoss;

/**
 * What a recorder has of one kind of source, as somebody who reads the tape afterwards sees it: packets by number, however
 * late they came. Called by the call's loop, read when the network stands still.
 */
final class Taped implements Sink {
    private final Kind kind;
    private final VideoCodec codec;
    private final Map<Stream, TreeMap<Long, byte[]>> packets = new HashMap<>();
    private final Map<Stream, Long> newestNanos = new HashMap<>();

    Taped(Kind kind) {
        this(kind, VideoCodec.VP8);
    }

    /**
     * @param codec if it is video
     */
    Taped(Kind kind, VideoCodec codec) {
        this.kind = kind;
        this.codec = codec;
    }

    @Override
    public synchronized void packet(
            Track track, Stream stream, RtpPacket packet, long extendedSequence, long arrivalNanos) {
        if (track.kind() == kind) {
            byte[] bytes = new byte[packet.length()];
            System.arraycopy(packet.buffer(), packet.offset(), bytes, 0, bytes.length);
            packets.computeIfAbsent(stream, s -> new TreeMap<>()).put(extendedSequence, bytes);
            newestNanos.put(stream, arrivalNanos);
        }
    }

    /** The rids of the layers of which something was recorded. */
    synchronized Set<String> rids() {
        Set<String> rids = new TreeSet<>();
        packets.keySet().forEach(stream -> rids.add(stream.rid()));
        return rids;
    }

    /** Timestamps of the frames that are whole. */
    synchronized Set<Long> wholeFrames() {
        Set<Long> whole = new HashSet<>();
        frames().forEach(frame -> whole.add(frame.rtpTimestamp()));
        return whole;
    }

    /** The frames that are whole. */
    synchronized List<VideoFrame> frames() {
        List<VideoFrame> whole = new ArrayList<>();
        packets.forEach((stream, ofIt) -> {
            var assembler = new FrameAssembler(codec.depacketizer(), new FrameAssembler.Listener() {
                @Override
                public void frame(VideoFrame frame) {
                    whole.add(frame);
                }

                @Override
                public void lost(VideoLoss loss) {}
            });
            ofIt.forEach((sequence, bytes) -> assembler.push(view(bytes), sequence));
        });
        return whole;
    }

    /** Timestamps of the audio frames that some packet has, be it as redundancy. */
    synchronized Set<Long> audioFrames(int redPayloadType) {
        Set<Long> frames = new HashSet<>();
        var red = new RedundantAudio();
        packets.forEach((stream, ofIt) -> ofIt.values().forEach(bytes -> {
            RtpPacket packet = view(bytes);
            if (packet.payloadType() != redPayloadType) {
                frames.add(packet.timestamp());
                return;
            }
            try {
                red.wrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength());
            } catch (Malformed e) {
                throw new IllegalStateException(e);
            }
            for (int block = 0; block < red.count(); block++) {
                if (red.length(block) > 0) {
                    frames.add((packet.timestamp() - red.timestampOffset(block)) & 0xFFFFFFFFL);
                }
            }
        }));
        return frames;
    }

    private static RtpPacket view(byte[] bytes) {
        try {
            return new RtpPacket().wrap(bytes, 0, bytes.length);
        } catch (Malformed e) {
            throw new IllegalStateException(e);
        }
    }
}
