package org.everytake.call.media;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.everytake.call.Codec;
import org.everytake.call.sdp.SupportedCodec;
import org.everytake.wire.sdp.ExtMap;
import org.jspecify.annotations.Nullable;

/** What payload types and header extensions mean in the packets of a track. Owned by the loop. */
public final class InboundFormat {
    private static final int PAYLOAD_TYPES = 128;

    private final boolean video;
    private final SupportedCodec[] codecs = new SupportedCodec[PAYLOAD_TYPES];
    private int carriedExtension;
    private int descriptorExtension;

    public InboundFormat(boolean video, List<Codec> codecs, Map<Integer, String> headerExtensions) {
        this.video = video;
        describe(codecs, headerExtensions);
    }

    void describe(List<Codec> newCodecs, Map<Integer, String> headerExtensions) {
        Arrays.fill(codecs, null);
        for (Codec codec : newCodecs) {
            codecs[codec.payloadType()] = SupportedCodec.named(codec.name());
        }
        String carried = video ? ExtMap.VIDEO_ORIENTATION : ExtMap.AUDIO_LEVEL;
        carriedExtension = 0;
        descriptorExtension = 0;
        headerExtensions.forEach((id, uri) -> {
            carriedExtension = uri.equals(carried) ? id : carriedExtension;
            descriptorExtension = uri.equals(ExtMap.DEPENDENCY_DESCRIPTOR) ? id : descriptorExtension;
        });
    }

    boolean isVideo() {
        return video;
    }

    /** Null if a payload type has not been negotiated. */
    @Nullable
    SupportedCodec codec(int payloadType) {
        return codecs[payloadType];
    }

    int clockRate(int payloadType) {
        SupportedCodec codec = codecs[payloadType];
        return codec == null ? (video ? 90_000 : 48_000) : codec.clockRate();
    }

    /** The id of the audio level or of the orientation of video, which go on to subscribers; 0 if it is not sent. */
    int carriedExtension() {
        return carriedExtension;
    }

    /** The id of AV1's dependency descriptor; 0 if it is not sent. */
    int descriptorExtension() {
        return descriptorExtension;
    }
}
