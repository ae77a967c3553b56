package org.everytake.studio.produce;

import java.io.IOException;
import org.everytake.render.Progress;
import org.everytake.render.raw.RawArchive;
import org.everytake.render.raw.RawFormat;
import org.everytake.studio.library.Rendition;
import org.everytake.studio.library.RenditionFormat;
import org.everytake.studio.library.TapeShelf;
import org.everytake.studio.library.VaultShelf;
import org.everytake.tape.TapeFault;
import org.everytake.tape.read.RecordedTape;

/** Makes RAW archives: from the tape straight into the vault, with nothing lying anywhere between. Any thread; blocks. */
final class Archives {
    private final TapeShelf tapes;
    private final VaultShelf shelf;
    private final String madeWith;

    /** @param madeWith what is noted of each */
    Archives(TapeShelf tapes, VaultShelf shelf, String madeWith) {
        this.tapes = tapes;
        this.shelf = shelf;
        this.madeWith = madeWith;
    }

    /**
     * Makes one, whole or not at all.
     *
     * @param object its name in the vault
     */
    Rendition.Made make(Rendition rendition, String object, Progress progress) throws IOException, TapeFault {
        RawFormat format = rendition.format() == RenditionFormat.ZIP ? RawFormat.ZIP : RawFormat.TAR_GZ;
        Rendition.Made[] made = new Rendition.Made[1];
        try (RecordedTape tape = tapes.open(rendition.recording())) {
            RawArchive archive = RawArchive.of(tape, progress);
            shelf.putRendition(rendition.recording(), object, out -> {
                MeasuredFile file = new MeasuredFile(out);
                archive.write(format, file);
                made[0] = new Rendition.Made(
                        object,
                        file.sizeBytes(),
                        archive.durationNanos() / 1_000_000,
                        file.sha256Hex(),
                        archive.remarks(),
                        madeWith);
            });
        }
        return made[0];
    }
}
