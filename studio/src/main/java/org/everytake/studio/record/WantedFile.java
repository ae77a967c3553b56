package org.everytake.studio.record;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.everytake.render.raw.RawFormat;
import org.everytake.studio.library.FileNames;
import org.everytake.studio.library.Rendition;
import org.everytake.studio.library.RenditionFormat;
import org.everytake.studio.library.SessionMode;
import org.jspecify.annotations.Nullable;

/**
 * A file that is to be made of a recording.
 *
 * @param person whose it is; null where it is of everybody
 */
record WantedFile(
        Rendition.Kind kind,
        RenditionFormat format,
        @Nullable String person,
        String name) {

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
            RenditionFormat format = raw == RawFormat.ZIP ? RenditionFormat.ZIP : RenditionFormat.TAR_GZ;
            wanted.add(Rendition.Kind.RAW, format, null, title);
        }
        if (mode.recordsPicture()) {
            wanted.add(Rendition.Kind.COMPOSITE, title);
            facts.taken().forEach(person -> wanted.addOf(Rendition.Kind.PARTICIPANT, person));
        }
        List<String> heard = facts.heard();
        if (!heard.isEmpty()) {
            wanted.add(Rendition.Kind.MIX, title);
        }
        heard.forEach(person -> wanted.addOf(Rendition.Kind.PARTICIPANT_SOUND, person));
        return wanted.files;
    }

    /** Whether the rendition is this file. */
    boolean is(Rendition rendition) {
        return rendition.kind() == kind
                && rendition.format() == format
                && Objects.equals(rendition.person(), person)
                && rendition.layout() == null;
    }

    /** The files so far, no two with the same name. */
    private static final class Wanted {
        private final TapeFacts facts;
        private final List<WantedFile> files = new ArrayList<>();
        private final Set<String> used = new HashSet<>();

        Wanted(TapeFacts facts) {
            this.facts = facts;
        }

        void add(Rendition.Kind kind, String title) {
            add(kind, kind.format(), null, title);
        }

        void addOf(Rendition.Kind kind, String person) {
            add(kind, kind.format(), person, facts.people().getOrDefault(person, person));
        }

        void add(Rendition.Kind kind, RenditionFormat format, @Nullable String person, String name) {
            files.add(new WantedFile(kind, format, person, FileNames.unused(name, format.extension(), used)));
        }
    }
}
