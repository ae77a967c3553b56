package org.everytake.bench.render;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.everytake.bench.Figure;
import org.everytake.bench.measure.Probe;
import org.everytake.render.RenderFault;
import org.everytake.tape.TapeFault;
import org.everytake.tape.read.SegmentSource;

/** From tape to a WebM of one person that plays, neither decoded nor encoded, beside Janus's way to the same. */
final class Moves {
    private static final String LIMIT = "at most 1.00 times";

    private final Workshop shop;

    Moves(Workshop shop) {
        this.shop = shop;
    }

    List<Figure> measure() throws IOException, TapeFault, RenderFault, InterruptedException {
        int minutes = shop.extent().movedMinutes();
        String what = "tape to playable WebM of one participant, " + minutes + " min, processor s";
        if (!Janus.isHere()) {
            return List.of(Figure.notHere(what, LIMIT, Janus.PROGRAM + " is not installed"));
        }
        shop.progress().accept("From tape to WebM, " + minutes + " min.");
        List<SegmentSource> tape = shop.taped("moved", 1, minutes * 60, Workshop.NOTHING_LOST);
        Janus janus = Janus.of("moved", tape, shop);
        InTurn turn = InTurn.measure(
                shop.extent().pairs(),
                () -> shop.ours().move("moved", tape, Filming.id(1)),
                janus::film,
                shop.progress());
        playable(shop.ours().move("moved", tape, Filming.id(1)), minutes);
        playable(janus.film(), minutes);
        return List.of(Figure.beside(what, turn.ours(), turn.peer(), LIMIT, turn.ours() <= turn.peer()));
    }

    private static void playable(Path film, int minutes) throws IOException {
        Probe probe = Probe.of(film);
        if (probe.streams().size() != 2 || Math.abs(probe.durationSeconds() - minutes * 60) > 1) {
            throw new IOException("That is not the recording: " + probe);
        }
    }
}
