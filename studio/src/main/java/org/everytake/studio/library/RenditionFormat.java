package org.everytake.studio.library;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.everytake.studio.library.Rendition.Kind;

/** The formats of files, by the words of the API. In the order in which they are offered. */
public enum RenditionFormat {
    /** H.264 and AAC; what is played first. Of one person {@link #WEBM} where the camera sent H.264. */
    MP4("video/mp4", "mp4", Kind.COMPOSITE, Kind.PARTICIPANT),
    /** MP4 of 640 by 480 pixels and at most 1.5 MB a minute; the next of 2.5, the next of 16. */
    MP4_LD("video/mp4", "mp4", Kind.COMPOSITE),
    MP4_SD("video/mp4", "mp4", Kind.COMPOSITE),
    MP4_HD("video/mp4", "mp4", Kind.COMPOSITE),
    MP4_1080P("video/mp4", "mp4", Kind.COMPOSITE),
    /** With who came first on the left, and everybody else on the right. */
    MP4_STEREO("video/mp4", "mp4", Kind.COMPOSITE),
    WEBM_VP8("video/webm", "webm", Kind.COMPOSITE),
    WEBM_VP9("video/webm", "webm", Kind.COMPOSITE),
    WEBM_AV1("video/webm", "webm", Kind.COMPOSITE),
    MOV("video/quicktime", "mov", Kind.PARTICIPANT),
    /** What one person sent, moved from tape into a file and not encoded again. */
    WEBM("video/webm", "webm", Kind.PARTICIPANT),
    MP3("audio/mpeg", "mp3", Kind.MIX, Kind.PARTICIPANT_SOUND),
    WAV("audio/wav", "wav", Kind.MIX, Kind.PARTICIPANT_SOUND),
    /** As {@link #MP4_STEREO}. */
    WAV_STEREO("audio/wav", "wav", Kind.MIX),
    FLAC("audio/flac", "flac", Kind.MIX, Kind.PARTICIPANT_SOUND),
    TAR_GZ("application/gzip", "tar.gz", Kind.RAW),
    ZIP("application/zip", "zip", Kind.RAW),
    JSON("application/json", "json", Kind.QUALITY);

    private final String contentType;
    private final String extension;
    private final List<Kind> kinds;

    RenditionFormat(String contentType, String extension, Kind... kinds) {
        this.contentType = contentType;
        this.extension = extension;
        this.kinds = List.of(kinds);
    }

    public String contentType() {
        return contentType;
    }

    /** Of file names, without the dot before it. */
    public String extension() {
        return extension;
    }

    /** Whether files of this kind can be had in it. */
    public boolean fits(Kind kind) {
        return kinds.contains(kind);
    }

    public String word() {
        return this == TAR_GZ ? "tar.gz" : name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<RenditionFormat> find(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word().equals(word))
                .findFirst();
    }

    static RenditionFormat of(String word) {
        return find(word).orElseThrow(() -> new IllegalStateException("there is no format " + word));
    }
}
