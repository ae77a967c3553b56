package org.everytake.wire.codec;

import java.util.Locale;
import java.util.Optional;
import org.everytake.wire.av1.Av1Depacketizer;
import org.everytake.wire.av1.Av1Packetizer;
import org.everytake.wire.av1.Av1Payload;
import org.everytake.wire.h264.H264Depacketizer;
import org.everytake.wire.h264.H264Packetizer;
import org.everytake.wire.h264.H264Payload;
import org.everytake.wire.video.Depacketizer;
import org.everytake.wire.video.FrameSize;
import org.everytake.wire.video.Packetizer;
import org.everytake.wire.vp8.Vp8Depacketizer;
import org.everytake.wire.vp8.Vp8Packetizer;
import org.everytake.wire.vp8.Vp8PayloadDescriptor;
import org.everytake.wire.vp9.Vp9Depacketizer;
import org.everytake.wire.vp9.Vp9Packetizer;
import org.everytake.wire.vp9.Vp9PayloadDescriptor;

/** A video codec by its encoding name in SDP's {@code rtpmap}, and its payload format. */
public enum VideoCodec {
    VP8,
    VP9,
    H264,
    AV1;

    /** The codec of an encoding name in any case; empty if it is not understood. */
    public static Optional<VideoCodec> of(String encodingName) {
        return switch (encodingName.toUpperCase(Locale.ROOT)) {
            case "VP8" -> Optional.of(VP8);
            case "VP9" -> Optional.of(VP9);
            case "H264" -> Optional.of(H264);
            case "AV1" -> Optional.of(AV1);
            default -> Optional.empty();
        };
    }

    /** Whether a payload starts a key frame. For the path of a packet: allocates nothing. */
    public boolean startsKeyFrame(byte[] buffer, int offset, int length) {
        return switch (this) {
            case VP8 -> Vp8PayloadDescriptor.startsKeyFrame(buffer, offset, length);
            case VP9 -> Vp9PayloadDescriptor.startsKeyFrame(buffer, offset, length);
            case H264 -> H264Payload.startsKeyFrame(buffer, offset, length);
            case AV1 -> Av1Payload.startsKeyFrame(buffer, offset, length);
        };
    }

    /** The {@link FrameSize} that a payload at the start of a key frame says, unknown if it says none. */
    public int frameSize(byte[] buffer, int offset, int length) {
        return switch (this) {
            case VP8 -> Vp8PayloadDescriptor.frameSize(buffer, offset, length);
            case VP9 -> Vp9PayloadDescriptor.frameSize(buffer, offset, length);
            case H264 -> H264Payload.frameSize(buffer, offset, length);
            case AV1 -> Av1Payload.frameSize(buffer, offset, length);
        };
    }

    /** As {@link #depacketizer(String)} without parameters. */
    public Depacketizer depacketizer() {
        return depacketizer("");
    }

    /**
     * What reads one stream, for a {@link org.everytake.wire.video.FrameAssembler}.
     *
     * @param formatParameters as in SDP's {@code fmtp}
     */
    public Depacketizer depacketizer(String formatParameters) {
        return switch (this) {
            case VP8 -> new Vp8Depacketizer();
            case VP9 -> new Vp9Depacketizer();
            case H264 -> new H264Depacketizer(formatParameters);
            case AV1 -> new Av1Depacketizer();
        };
    }

    /**
     * What writes one stream.
     *
     * @param maxPayloadLength of an RTP payload, in bytes
     * @param firstPictureId of which the low 15 bits are taken, where the codec counts pictures
     */
    public Packetizer packetizer(int maxPayloadLength, int firstPictureId) {
        return switch (this) {
            case VP8 -> new Vp8Packetizer(maxPayloadLength, firstPictureId);
            case VP9 -> new Vp9Packetizer(maxPayloadLength, firstPictureId);
            case H264 -> new H264Packetizer(maxPayloadLength);
            case AV1 -> new Av1Packetizer(maxPayloadLength);
        };
    }
}
