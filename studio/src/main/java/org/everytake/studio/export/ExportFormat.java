package org.everytake.studio.export;

import java.util.Locale;
import org.everytake.render.Preset;
import org.everytake.render.raw.RawFormat;
import org.jspecify.annotations.Nullable;

/** What can be made of a tape. */
public enum ExportFormat {
    RAW(RawFormat.TAR_GZ, null, "all that was sent, packet by packet, as a tar.gz"),
    ZIP(RawFormat.ZIP, null, "the same as a zip"),
    MP4(null, Preset.COMPOSITE, "everybody in one picture"),
    WEBM(null, Preset.WEBM_VP9, "the same, in VP9 and Opus"),
    MP3(null, Preset.SOUND, "the sound of everybody"),
    WAV(null, Preset.WAV, "the same without loss"),
    FLAC(null, Preset.FLAC, "the same without loss, packed"),
    MOV(null, Preset.PARTICIPANT, "one person alone, with --person");

    private final @Nullable RawFormat archive;
    private final @Nullable Preset preset;
    private final String description;

    ExportFormat(@Nullable RawFormat archive, @Nullable Preset preset, String description) {
        this.archive = archive;
        this.preset = preset;
        this.description = description;
    }

    /** Of an archive; null where a file is rendered. */
    @Nullable
    RawFormat archive() {
        return archive;
    }

    /** Of what is rendered. */
    Preset preset() {
        if (preset == null) {
            throw new IllegalStateException("an archive is not rendered");
        }
        return preset;
    }

    /** Of the file's name, without the dot before it. */
    public String extension() {
        return archive == null ? preset().container().extension() : archive.extension();
    }

    /** Whether it needs FFmpeg. */
    public boolean isRendered() {
        return archive == null;
    }

    public String flag() {
        return "--" + name().toLowerCase(Locale.ROOT);
    }

    public String description() {
        return description;
    }
}
