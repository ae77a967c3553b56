package org.everytake.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.everytake.wire.av1.DependencyDescriptor;
import org.everytake.wire.codec.VideoCodec;
import org.everytake.wire.h264.SequenceParameterSet;
import org.everytake.wire.opus.OpusPacket;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtcp.RtcpPackets;
import org.everytake.wire.rtp.HeaderExtension;
import org.everytake.wire.rtp.RedundantAudio;
import org.everytake.wire.rtp.Retransmission;
import org.everytake.wire.rtp.RtpHeader;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.rtp.RtpWriter;
import org.everytake.wire.sdp.SdpFragment;
import org.everytake.wire.sdp.SessionDescription;
import org.everytake.wire.stun.StunMessage;
import org.everytake.wire.video.FrameAssembler;
import org.everytake.wire.video.FrameSize;
import org.everytake.wire.video.VideoFrame;
import org.everytake.wire.video.VideoLoss;
import org.everytake.wire.vp8.Vp8FrameTag;
import org.everytake.wire.vp8.Vp8PayloadDescriptor;
import org.everytake.wire.vp9.Vp9PayloadDescriptor;

/** What is demanded of every parser whatever the bytes: no crash, and what parses encodes to an equal value. */
final class ParserDemands {
    private ParserDemands() {}

    /** Takes bytes; refuses them with {@link Malformed} only. */
    interface Demand {
        void of(byte[] bytes) throws Malformed;
    }

    static void rtp(byte[] bytes) throws Malformed {
        RtpPacket packet = new RtpPacket().wrap(bytes, 0, bytes.length);
        assertThat(packet.payloadLength()).isBetween(0, bytes.length - RtpPacket.FIXED_HEADER_LENGTH);
        assertThat(packet.payloadOffset() + packet.payloadLength() + packet.paddingLength())
                .isEqualTo(bytes.length);
        for (int id = 0; id < 256; id++) {
            int offset = packet.extensionOffset(id);
            int length = packet.extensionLength(id);
            if (offset >= 0 || length >= 0) {
                assertThat(offset).isGreaterThanOrEqualTo(0);
                assertThat(length).isGreaterThanOrEqualTo(0);
                assertThat(offset + length).isLessThanOrEqualTo(packet.payloadOffset());
                rtpAgain(packet, id);
            }
        }
    }

    private static void rtpAgain(RtpPacket packet, int id) throws Malformed {
        byte[] data = new byte[packet.extensionLength(id)];
        System.arraycopy(packet.buffer(), packet.extensionOffset(id), data, 0, data.length);
        byte[] out = new byte[packet.length() + 300];
        int length = RtpWriter.write(
                out,
                0,
                new RtpHeader(
                        packet.payloadType(),
                        packet.marker(),
                        packet.sequenceNumber(),
                        packet.timestamp(),
                        packet.ssrc()),
                List.of(new HeaderExtension(id, data)),
                packet.buffer(),
                packet.payloadOffset(),
                packet.payloadLength());
        RtpPacket again = new RtpPacket().wrap(out, 0, length);
        assertThat(again.extensionLength(id)).isEqualTo(data.length);
        assertThat(again.payloadLength()).isEqualTo(packet.payloadLength());
        assertThat(again.sequenceNumber()).isEqualTo(packet.sequenceNumber());
    }

    /** What is unwrapped and sent again is the retransmission that it was. */
    static void retransmission(byte[] bytes) throws Malformed {
        byte[] buffer = bytes.clone();
        RtpPacket packet = new RtpPacket().wrap(buffer, 0, buffer.length);
        int payloadType = packet.payloadType();
        int sequence = packet.sequenceNumber();
        long ssrc = packet.ssrc();
        Retransmission.unwrap(packet, 96, 7);
        assertThat(packet.ssrc()).isEqualTo(7);
        assertThat(packet.payloadType()).isEqualTo(96);
        assertThat(packet.payloadLength()).isNotNegative();
        byte[] out = new byte[bytes.length];
        assertThat(Retransmission.write(out, 0, packet, payloadType, sequence, ssrc))
                .isEqualTo(bytes.length);
        assertThat(out).isEqualTo(bytes);
    }

    static void redundantAudio(byte[] bytes) throws Malformed {
        RedundantAudio red = new RedundantAudio().wrap(bytes, 0, bytes.length);
        int primary = red.count() - 1;
        List<RedundantAudio.Earlier> earlier = new ArrayList<>();
        for (int i = 0; i < primary; i++) {
            assertThat(red.offset(i) + red.length(i)).isEqualTo(red.offset(i + 1));
            if (red.timestampOffset(i) == 0) {
                return; // legal, but nothing that is written here
            }
            byte[] frame = Arrays.copyOfRange(bytes, red.offset(i), red.offset(i) + red.length(i));
            earlier.add(new RedundantAudio.Earlier(red.payloadType(i), red.timestampOffset(i), frame));
        }
        byte[] frame = Arrays.copyOfRange(bytes, red.offset(primary), red.offset(primary) + red.length(primary));
        byte[] out = new byte[bytes.length];
        assertThat(RedundantAudio.length(earlier, frame)).isEqualTo(bytes.length);
        assertThat(RedundantAudio.write(out, 0, earlier, red.payloadType(primary), frame))
                .isEqualTo(bytes.length);
        assertThat(out).isEqualTo(bytes);
    }

    static void rtcp(byte[] bytes) throws Malformed {
        List<RtcpPacket> packets = RtcpPackets.parse(bytes, 0, bytes.length);
        byte[] encoded = RtcpPackets.encode(packets);
        assertThat(RtcpPackets.parse(encoded, 0, encoded.length)).isEqualTo(packets);
    }

    static void stun(byte[] bytes) throws Malformed {
        StunMessage message = StunMessage.parse(bytes, 0, bytes.length);
        byte[] key = {1};
        message.authentic(key);
        byte[] encoded = message.encode(key);
        assertThat(StunMessage.parse(encoded, 0, encoded.length)).isEqualTo(message);
    }

    static void sdp(byte[] bytes) throws Malformed {
        SessionDescription description = SessionDescription.parse(new String(bytes, StandardCharsets.UTF_8));
        description.media().forEach(media -> {
            media.rtpMaps();
            media.fmtp(96);
            media.ssrcs();
            description.fingerprints(media);
        });
        assertThat(SessionDescription.parse(description.print())).isEqualTo(description);
    }

    static void sdpFragment(byte[] bytes) throws Malformed {
        SdpFragment fragment = SdpFragment.parse(new String(bytes, StandardCharsets.UTF_8));
        fragment.iceUfrag();
        fragment.icePwd();
        assertThat(SdpFragment.parse(fragment.print())).isEqualTo(fragment);
    }

    static void vp8(byte[] bytes) throws Malformed {
        Vp8PayloadDescriptor descriptor = Vp8PayloadDescriptor.parse(bytes, 0, bytes.length);
        byte[] written = new byte[6];
        int length = descriptor.write(written, 0);
        assertThat(Vp8PayloadDescriptor.parse(written, 0, length)).isEqualTo(descriptor);
        Vp8FrameTag.parse(bytes, descriptor.length(), bytes.length - descriptor.length());
    }

    static void vp9(byte[] bytes) throws Malformed {
        Vp9PayloadDescriptor descriptor = new Vp9PayloadDescriptor().wrap(bytes, 0, bytes.length);
        assertThat(descriptor.length()).isBetween(1, bytes.length);
        int picture = descriptor.pictureId();
        int base = descriptor.tl0PicIdx();
        descriptor.pictureId(picture + 1);
        descriptor.tl0PicIdx(base + 1);
        new Vp9PayloadDescriptor().wrap(bytes, 0, bytes.length);
        int mask = descriptor.longPictureId() ? 0x7FFF : 0x7F;
        assertThat(descriptor.pictureId()).isEqualTo(picture < 0 ? -1 : picture + 1 & mask);
        assertThat(descriptor.tl0PicIdx()).isEqualTo(base < 0 ? -1 : base + 1 & 0xFF);
    }

    static void h264Parameters(byte[] bytes) throws Malformed {
        SequenceParameterSet set = SequenceParameterSet.parse(bytes, 0, bytes.length);
        assertThat(FrameSize.of(set.width(), set.height())).isNotEqualTo(FrameSize.UNKNOWN);
    }

    static void dependencyDescriptor(byte[] bytes) throws Malformed {
        DependencyDescriptor descriptor = new DependencyDescriptor().read(bytes, 0, bytes.length);
        assertThat(descriptor.spatialLayer()).isBetween(-1, 3);
        assertThat(descriptor.temporalLayer()).isBetween(-1, 7);
        assertThat(descriptor.isSwitchingPoint() && descriptor.spatialLayer() < 0)
                .isFalse();
    }

    /** The bytes are packets of one stream: two bytes of flags and length, then a payload; of each codec in turn. */
    static void videoStream(byte[] bytes) {
        for (VideoCodec codec : VideoCodec.values()) {
            videoStream(codec, bytes);
        }
    }

    private static void videoStream(VideoCodec codec, byte[] bytes) {
        long[] heard = {0};
        FrameAssembler assembler = new FrameAssembler(codec.depacketizer(), new FrameAssembler.Listener() {
            @Override
            public void frame(VideoFrame frame) {
                assertThat(frame.firstSequence()).isLessThanOrEqualTo(frame.lastSequence());
                assertThat(frame.lastSequence()).isGreaterThanOrEqualTo(heard[0]);
                assertThat(frame.bytes()).isNotEmpty();
                heard[0] = frame.lastSequence();
            }

            @Override
            public void lost(VideoLoss loss) {
                assertThat(loss.firstSequence()).isLessThanOrEqualTo(loss.lastSequence());
            }
        });
        long sequence = 0;
        long timestamp = 0;
        int at = 0;
        while (at + 2 <= bytes.length) {
            int flags = bytes[at];
            int length = Math.min(bytes[at + 1] & 0x1F, bytes.length - at - 2);
            sequence += (flags & 3) == 3 ? 2 : 1;
            timestamp += (flags & 4) != 0 ? 3000 : 0;
            codec.startsKeyFrame(bytes, at + 2, length);
            codec.frameSize(bytes, at + 2, length);
            assembler.push(sequence, timestamp, (flags & 8) != 0, bytes, at + 2, length);
            at += 2 + length;
        }
    }

    static void opus(byte[] bytes) throws Malformed {
        OpusPacket packet = OpusPacket.parse(bytes, 0, bytes.length);
        assertThat(packet.durationSamples()).isBetween(120, OpusPacket.MAX_SAMPLES);
    }
}
