package org.everytake.studio.produce;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.everytake.render.Preset;
import org.everytake.render.RenderFault;
import org.everytake.render.layout.LayoutFault;
import org.everytake.render.layout.LayoutReader;
import org.everytake.studio.library.ChosenLayout;
import org.everytake.studio.library.Rendition;
import org.everytake.studio.library.RenditionFormat;

/** What renditions are like: by their formats, and by the layouts that were chosen for them. */
final class Presets {
    private Presets() {}

    /** @throws RenderFault if this program cannot read the rendition's layout */
    static Preset of(Rendition rendition) throws RenderFault {
        Preset usual = of(rendition.format());
        ChosenLayout chosen = rendition.layout();
        if (chosen == null) {
            return usual;
        }
        String zone = chosen.timeZone();
        try {
            return usual.with(LayoutReader.read(chosen.form()), zone == null ? ZoneOffset.UTC : ZoneId.of(zone));
        } catch (LayoutFault e) {
            throw new RenderFault("The layout " + chosen.name() + " cannot be used. " + e.getMessage(), e);
        }
    }

    private static Preset of(RenditionFormat format) {
        return switch (format) {
            case MP4 -> Preset.COMPOSITE;
            case MP4_LD -> Preset.LD;
            case MP4_SD -> Preset.SD;
            case MP4_HD -> Preset.HD;
            case MP4_1080P -> Preset.FULL_HD;
            case MP4_STEREO -> Preset.STEREO;
            case WEBM_VP8 -> Preset.WEBM_VP8;
            case WEBM_VP9 -> Preset.WEBM_VP9;
            case WEBM_AV1 -> Preset.WEBM_AV1;
            case MOV -> Preset.PARTICIPANT;
            case MP3 -> Preset.SOUND;
            case WAV -> Preset.WAV;
            case WAV_STEREO -> Preset.WAV_STEREO;
            case FLAC -> Preset.FLAC;
            case WEBM, TAR_GZ, ZIP, JSON -> throw new IllegalStateException("nothing of " + format + " is rendered");
        };
    }
}
