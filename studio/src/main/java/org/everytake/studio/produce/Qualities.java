package org.everytake.studio.produce;

import java.io.IOException;
import org.everytake.render.Progress;
import org.everytake.render.quality.Quality;
import org.everytake.studio.library.Rendition;
import org.everytake.studio.library.TapeShelf;
import org.everytake.studio.library.VaultShelf;
import org.everytake.tape.TapeFault;
import org.everytake.tape.read.RecordedTape;

/** Makes files that say how well a recording came across. Any thread; blocks. */
final class Qualities {
    private final TapeShelf tapes;
    private final VaultShelf shelf;
    private final String madeWith;

    /** @param madeWith what is noted of each */
    Qualities(TapeShelf tapes, VaultShelf shelf, String madeWith) {
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
        Rendition.Made[] made = new Rendition.Made[1];
        try (RecordedTape tape = tapes.open(rendition.recording())) {
            Quality quality = Quality.of(tape, progress);
            shelf.putRendition(rendition.recording(), object, out -> {
                MeasuredFile file = new MeasuredFile(out);
                quality.write(file);
                made[0] = new Rendition.Made(
                        object,
                        file.sizeBytes(),
                        quality.durationNanos() / 1_000_000,
                        file.sha256Hex(),
                        quality.damage(),
                        madeWith);
            });
        }
        return made[0];
    }
}
