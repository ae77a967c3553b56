package org.everytake.bench.render;

import java.io.IOException;
import java.util.List;
import org.everytake.bench.Figure;
import org.everytake.render.Preset;
import org.everytake.render.RenderFault;
import org.everytake.tape.TapeFault;
import org.everytake.tape.read.SegmentSource;

/** A composite of slides that are still most of the time, beside an FFmpeg that encodes every picture. */
final class Screens {
    private static final double MOST = 0.45;

    private final Workshop shop;

    Screens(Workshop shop) {
        this.shop = shop;
    }

    List<Figure> measure() throws IOException, TapeFault, RenderFault, InterruptedException {
        int seconds = shop.extent().seconds();
        shop.progress().accept("A screen share.");
        Footage.Take slides = shop.footage().slides();
        List<SegmentSource> tape;
        try (Filming filming = Filming.ofScreen(shop.file("screen"), slides.clip())) {
            tape = filming.whole(seconds);
        }
        InTurn turn = InTurn.measure(
                shop.extent().pairs(),
                () -> shop.ours().make("screen.mp4", tape, Preset.COMPOSITE),
                () -> OneProcess.film(slides.file(), seconds, shop.file("screen-peer.mp4")),
                shop.progress());
        return List.of(turn.figure("composite 720p of a screen share, " + seconds + " s", MOST));
    }
}
