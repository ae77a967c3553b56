package org.everytake.render;

import java.util.Locale;
import java.util.Optional;
import org.everytake.wire.codec.VideoCodec;

/** How media on tape is coded, of what can be decoded, by its encoding name in SDP's {@code rtpmap}. */
public enum Coding {
    VP8,
    VP9,
    H264,
    AV1,
    OPUS,
    PCMU,
    PCMA;

    /** The coding of an encoding name in any case; empty if it cannot be decoded. */
    public static Optional<Coding> of(String encodingName) {
        String name = encodingName.toUpperCase(Locale.ROOT);
        for (Coding coding : values()) {
            if (coding.name().equals(name)) {
                return Optional.of(coding);
            }
        }
        return Optional.empty();
    }

    public boolean isPicture() {
        return VideoCodec.of(name()).isPresent();
    }

    /** The payload format of pictures. */
    public VideoCodec videoCodec() {
        return VideoCodec.of(name()).orElseThrow(() -> new IllegalStateException(name() + " is sound"));
    }
}
