package org.everytake.e2e;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.everytake.tape.Codec;
import org.everytake.tape.read.RecordedTake;
import org.everytake.tape.read.TapeRecord;
import org.everytake.wire.Malformed;
import org.everytake.wire.codec.VideoCodec;
import org.everytake.wire.rtp.RedundantAudio;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.video.FrameAssembler;
import org.everytake.wire.video.VideoFrame;
import org.everytake.wire.video.VideoLoss;

/** The frames of a stream that its tape has, by their RTP timestamps. */
final class TapedFrames {
    private TapedFrames() {}

    /** Those of which no packet is missing. */
    static Set<Long> pictures(RecordedTake take, int stream) throws Malformed {
        Set<Long> whole = new HashSet<>();
        FrameAssembler assembler = null;
        for (TapeRecord one : take.records(stream)) {
            RtpPacket packet = packet(one);
            if (assembler == null) {
                Codec codec = codec(take, packet);
                VideoCodec coding = VideoCodec.of(codec.name()).orElseThrow();
                assembler = new FrameAssembler(coding.depacketizer(codec.fmtp()), new FrameAssembler.Listener() {
                    @Override
                    public void frame(VideoFrame frame) {
                        whole.add(frame.rtpTimestamp());
                    }

                    @Override
                    public void lost(VideoLoss loss) {}
                });
            }
            assembler.push(packet, one.sequence());
        }
        return whole;
    }

    /** Those that some packet has, be it as redundancy (RFC 2198). */
    static Set<Long> sounds(RecordedTake take, int stream) throws Malformed {
        Set<Long> frames = new HashSet<>();
        var red = new RedundantAudio();
        for (TapeRecord one : take.records(stream)) {
            RtpPacket packet = packet(one);
            frames.add(packet.timestamp());
            if (!isRed(take, packet)) {
                continue;
            }
            red.wrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength());
            for (int block = 0; block < red.count(); block++) {
                if (red.length(block) > 0) {
                    frames.add((packet.timestamp() - red.timestampOffset(block)) & 0xFFFFFFFFL);
                }
            }
        }
        return frames;
    }

    /** Whether any packet of a take is RED. */
    static boolean hasRed(RecordedTake take) {
        try {
            for (TapeRecord one : take.records()) {
                if (isRed(take, packet(one))) {
                    return true;
                }
            }
            return false;
        } catch (Malformed unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static boolean isRed(RecordedTake take, RtpPacket packet) {
        return codec(take, packet).name().toLowerCase(Locale.ROOT).equals("red");
    }

    private static RtpPacket packet(TapeRecord one) throws Malformed {
        return new RtpPacket().wrap(one.bytes(), 0, one.bytes().length);
    }

    private static Codec codec(RecordedTake take, RtpPacket packet) {
        return take.description().codecs().stream()
                .filter(codec -> codec.payloadType() == packet.payloadType())
                .findFirst()
                .orElseThrow();
    }
}
