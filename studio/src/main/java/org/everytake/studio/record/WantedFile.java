package org.everytake.studio.record;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.everytake.render.Preset;
import org.everytake.render.raw.RawFormat;
import org.everytake.studio.library.FileNames;
import org.everytake.studio.library.Rendition;
import org.everytake.studio.library.SessionMode;
import org.jspecify.annotations.Nullable;

/**
 * A file that is to be made of a recording.
 *
 * @param person whose it is; null where it is of everybody
 */
record WantedFile(Rendition.Kind kind, @Nullable String person, String contentType, String name) {

    /**
     * Everything that is made of a recording, in the order in which it is asked for: the RAW archive, the composite, a
     * video of each who sent anything, the sound of all, and the sound of each who sent sound. Nothing of sound where
     * there was none, and in the audio modes no picture.
     *
     * @param raw what archive; null for none
     */
    static List<WantedFile> of(String title, SessionMode mode, TapeFacts facts, @Nullable RawFormat raw) {
        Wanted wanted = new Wanted(facts);
        if (raw != null) {
            wanted.add(Rendition.Kind.RAW, null, raw.contentType(), title, raw.extension());
        }
        if (mode.recordsPicture()) {
            wanted.add(Rendition.Kind.COMPOSITE, null, Preset.COMPOSITE, title);
            facts.taken().forEach(person -> wanted.add(Rendition.Kind.PARTICIPANT, person, Preset.PARTICIPANT));
        }
        List<String> heard = facts.heard();
        if (!heard.isEmpty()) {
            wanted.add(Rendition.Kind.MIX, null, Preset.SOUND, title);
        }
        heard.forEach(person -> wanted.add(Rendition.Kind.PARTICIPANT_SOUND, person, Preset.SOUND));
        return wanted.files;
    }

    /** Whether the rendition is this file. */
    boolean is(Rendition rendition) {
        return rendition.kind() == kind && Objects.equals(rendition.person(), person);
    }

    /** The files so far, no two with the same name. */
    private static final class Wanted {
        private final TapeFacts facts;
        private final List<WantedFile> files = new ArrayList<>();
        private final Set<String> used = new HashSet<>();

        Wanted(TapeFacts facts) {
            this.facts = facts;
        }

        void add(Rendition.Kind kind, String person, Preset preset) {
            add(kind, person, preset, facts.people().getOrDefault(person, person));
        }

        void add(Rendition.Kind kind, @Nullable String person, Preset preset, String name) {
            add(
                    kind,
                    person,
                    preset.container().contentType(),
                    name,
                    preset.container().extension());
        }

        void add(Rendition.Kind kind, @Nullable String person, String contentType, String name, String extension) {
            files.add(new WantedFile(kind, person, contentType, FileNames.unused(name, extension, used)));
        }
    }
}
