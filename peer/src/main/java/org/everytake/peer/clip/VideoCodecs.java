package org.everytake.peer.clip;

import java.util.Locale;
import org.everytake.wire.av1.Av1Depacketizer;
import org.everytake.wire.av1.Av1Packetizer;
import org.everytake.wire.h264.H264Depacketizer;
import org.everytake.wire.h264.H264Packetizer;
import org.everytake.wire.video.Depacketizer;
import org.everytake.wire.video.Packetizer;
import org.everytake.wire.vp8.Vp8Depacketizer;
import org.everytake.wire.vp8.Vp8Packetizer;
import org.everytake.wire.vp9.Vp9Depacketizer;
import org.everytake.wire.vp9.Vp9Packetizer;
import org.jspecify.annotations.Nullable;

/** What cuts and joins the pictures of an encoding, by its name in an SDP. */
public final class VideoCodecs {
    private static final int MOST_PAYLOAD = 1150;

    private VideoCodecs() {}

    /**
     * @param firstPictureId of an encoding that counts its pictures
     * @throws IllegalArgumentException if the encoding is not known
     */
    public static Packetizer packetizer(Encoding encoding, int firstPictureId) {
        return switch (name(encoding.name())) {
            case "VP8" -> new Vp8Packetizer(MOST_PAYLOAD, firstPictureId);
            case "VP9" -> new Vp9Packetizer(MOST_PAYLOAD, firstPictureId);
            case "H264" -> new H264Packetizer(MOST_PAYLOAD);
            case "AV1" -> new Av1Packetizer(MOST_PAYLOAD);
            default -> throw new IllegalArgumentException("no way to send " + encoding.name());
        };
    }

    /** Null if the encoding is not known. */
    public static @Nullable Depacketizer depacketizer(String encoding) {
        return switch (name(encoding)) {
            case "VP8" -> new Vp8Depacketizer();
            case "VP9" -> new Vp9Depacketizer();
            case "H264" -> new H264Depacketizer();
            case "AV1" -> new Av1Depacketizer();
            default -> null;
        };
    }

    private static String name(String encoding) {
        return encoding.toUpperCase(Locale.ROOT);
    }
}
