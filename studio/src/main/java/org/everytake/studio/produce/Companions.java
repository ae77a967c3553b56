package org.everytake.studio.produce;

import java.io.IOException;
import java.util.UUID;
import org.everytake.render.ChapterText;
import org.everytake.render.Outline;
import org.everytake.studio.library.Companion;
import org.everytake.studio.library.CompanionStore;
import org.everytake.studio.library.VaultShelf;
import org.everytake.vault.Content;
import org.jdbi.v3.core.Jdbi;

/** Puts beside a film what goes with it. Twice equals once. Any thread; blocks. */
final class Companions {
    private final CompanionStore store;
    private final VaultShelf shelf;

    Companions(Jdbi jdbi, VaultShelf shelf) {
        this.store = new CompanionStore(jdbi);
        this.shelf = shelf;
    }

    void keep(UUID recording, Outline outline) throws IOException {
        keep(recording, Companion.Kind.WAVEFORM, outline.waveform()::write);
        keep(recording, Companion.Kind.CHAPTERS, out -> ChapterText.json(outline.chapters(), out));
        keep(
                recording,
                Companion.Kind.CHAPTERS_VTT,
                out -> ChapterText.vtt(outline.chapters(), outline.durationNanos(), out));
    }

    void keep(UUID recording, Companion.Kind kind, Content content) throws IOException {
        Companion[] kept = new Companion[1];
        shelf.putRendition(recording, VaultShelf.companionObject(recording, kind), out -> {
            MeasuredFile measured = new MeasuredFile(out);
            content.writeTo(measured);
            kept[0] = new Companion(kind, measured.sizeBytes(), measured.sha256Hex());
        });
        store.keep(recording, kept[0]);
    }
}
