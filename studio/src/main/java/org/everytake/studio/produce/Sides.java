package org.everytake.studio.produce;

import java.io.IOException;
import org.everytake.render.Preset.Container;
import org.everytake.render.Progress;
import org.everytake.render.RenderFault;
import org.everytake.render.Rendered;
import org.everytake.render.remux.Remux;
import org.everytake.studio.library.Rendition;
import org.everytake.studio.library.RenditionFormat;
import org.everytake.studio.library.RenditionStore;
import org.everytake.studio.library.TapeShelf;
import org.everytake.studio.library.VaultShelf;
import org.everytake.tape.TapeFault;
import org.everytake.tape.read.RecordedTape;
import org.everytake.vault.Scratch;

/** Makes files of one person as they were sent: one side of a call. Nothing is encoded. Any thread; blocks. */
final class Sides {
    private final RenditionStore renditions;
    private final TapeShelf tapes;
    private final VaultShelf shelf;
    private final Scratch scratch;
    private final String madeWith;

    /** @param madeWith what is noted of each */
    Sides(RenditionStore renditions, TapeShelf tapes, VaultShelf shelf, Scratch scratch, String madeWith) {
        this.renditions = renditions;
        this.tapes = tapes;
        this.shelf = shelf;
        this.scratch = scratch;
        this.madeWith = madeWith;
    }

    /**
     * Makes one, whole or not at all, in the format that the camera's codec asks for.
     *
     * @param object its name in the vault
     */
    Rendition.Made make(Rendition rendition, String object, Progress progress)
            throws IOException, TapeFault, RenderFault {
        Rendition.Made[] made = new Rendition.Made[1];
        try (RecordedTape tape = tapes.open(rendition.recording());
                ScratchPieces pieces = new ScratchPieces(scratch, rendition.id())) {
            Remux remux = Remux.of(tape, String.valueOf(rendition.person()));
            renditions.format(
                    rendition.id(), remux.container() == Container.MP4 ? RenditionFormat.MP4 : RenditionFormat.WEBM);
            shelf.putRendition(rendition.recording(), object, out -> {
                MeasuredFile file = new MeasuredFile(out);
                Rendered moved = remux.write(new RenderOutput(pieces, file), progress);
                made[0] = new Rendition.Made(
                        object,
                        file.sizeBytes(),
                        moved.durationNanos() / 1_000_000,
                        file.sha256Hex(),
                        moved.remarks(),
                        madeWith);
            });
        }
        return made[0];
    }
}
