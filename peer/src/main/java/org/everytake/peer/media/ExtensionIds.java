package org.everytake.peer.media;

import org.everytake.wire.sdp.ExtMap;
import org.everytake.wire.sdp.MediaDescription;

/** Ids of the header extensions that a media section has, -1 for those that it has not. */
public record ExtensionIds(
        int mid,
        int rid,
        int repairedRid,
        int transportSequence,
        int absoluteSendTime,
        int videoOrientation,
        int audioLevel) {
    public static final ExtensionIds NONE = new ExtensionIds(-1, -1, -1, -1, -1, -1, -1);

    public static ExtensionIds of(MediaDescription section) {
        return new ExtensionIds(
                section.extensionId(ExtMap.MID),
                section.extensionId(ExtMap.RTP_STREAM_ID),
                section.extensionId(ExtMap.REPAIRED_RTP_STREAM_ID),
                section.extensionId(ExtMap.TRANSPORT_CC),
                section.extensionId(ExtMap.ABSOLUTE_SEND_TIME),
                section.extensionId(ExtMap.VIDEO_ORIENTATION),
                section.extensionId(ExtMap.AUDIO_LEVEL));
    }
}
