package org.everytake.bench.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.everytake.bench.Figure;
import org.everytake.bench.measure.Likeness;
import org.everytake.render.Preset;
import org.everytake.render.RenderFault;
import org.everytake.render.layout.Layout;
import org.everytake.tape.TapeFault;
import org.everytake.tape.read.SegmentSource;

/** Grids of four and of nine people. */
final class Composites {
    private static final List<Integer> PEOPLE = List.of(4, 9);
    private static final double SAME_SETTINGS = 1.05;
    private static final double DEFAULTS = 0.85;
    private static final double LESS_SIMILAR = 0.005;
    private static final int PEER_FRAMES_PER_SECOND = 30;
    private static final double MEGABYTE = 1 << 20;

    /** The grid without what the peer does not draw: names, and gaps between panes. */
    private static final Layout PLAIN = new Layout(false, 0, false, Set.of(), Layout.GRID.arrangements());

    private static final Preset SAME = new Preset(
            "composite-30",
            Preset.Container.MP4,
            PEER_FRAMES_PER_SECOND,
            96_000,
            new Preset.Picture(1280, 720, Preset.COMPOSITE.canvas().constantRateFactor(), PLAIN, ZoneOffset.UTC),
            Preset.Video.H264);

    private static final Preset LOSSLESS = new Preset(
            "lossless",
            Preset.Container.MP4,
            Preset.COMPOSITE.framesPerSecond(),
            96_000,
            new Preset.Picture(1280, 720, 0, Preset.COMPOSITE.canvas().layout(), ZoneOffset.UTC),
            Preset.Video.H264);

    private final Workshop shop;

    Composites(Workshop shop) {
        this.shop = shop;
    }

    List<Figure> measure() throws IOException, TapeFault, RenderFault, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        for (int people : PEOPLE) {
            shop.progress().accept("Composites of " + people + ".");
            List<SegmentSource> tape =
                    shop.taped("grid-" + people, people, shop.extent().seconds(), Workshop.NOTHING_LOST);
            sameSettings(figures, people, tape);
            defaults(figures, people, tape);
        }
        return figures;
    }

    private void sameSettings(List<Figure> figures, int people, List<SegmentSource> tape)
            throws IOException, TapeFault, RenderFault, InterruptedException {
        Path peer = shop.file("same-peer.mp4");
        List<Path> filmed = shop.filmed(people);
        int seconds = shop.extent().seconds();
        InTurn turn = InTurn.measure(
                shop.extent().pairs(),
                () -> shop.ours().make("same.mp4", tape, SAME),
                () -> OneProcess.grid(filmed, seconds, OneProcess.same(PEER_FRAMES_PER_SECOND), peer),
                shop.progress());
        List<String> ours = X264.settings(shop.ours().make("same.mp4", tape, SAME));
        List<String> theirs = X264.settings(peer);
        if (!ours.equals(theirs)) {
            throw new IOException("The peer was to have the settings of ours: " + theirs + " is not " + ours);
        }
        figures.add(turn.figure(
                "composite 720p30, grid of " + people + ", " + seconds + " s, same settings", SAME_SETTINGS));
    }

    private void defaults(List<Figure> figures, int people, List<SegmentSource> tape)
            throws IOException, TapeFault, RenderFault, InterruptedException {
        Path peer = shop.file("peer.mp4");
        Path lossless = shop.file("lossless-peer.mp4");
        List<Path> filmed = shop.filmed(people);
        int seconds = shop.extent().seconds();
        String what = "composite 720p, grid of " + people + ", " + seconds + " s, our defaults";
        InTurn turn = InTurn.measure(
                shop.extent().pairs(),
                () -> shop.ours().make("composite.mp4", tape, Preset.COMPOSITE),
                () -> OneProcess.grid(filmed, seconds, OneProcess.USUAL, peer),
                shop.progress());
        figures.add(turn.figure(what, DEFAULTS));
        Path ours = shop.ours().make("composite.mp4", tape, Preset.COMPOSITE);
        double size = Files.size(ours) / MEGABYTE;
        double peerSize = Files.size(peer) / MEGABYTE;
        figures.add(Figure.beside(what + ", MB", size, peerSize, "not more", size <= peerSize));
        OneProcess.grid(filmed, seconds, OneProcess.LOSSLESS, lossless);
        double like = Likeness.ssim(ours, shop.ours().make("lossless.mp4", tape, LOSSLESS));
        double peerLike = Likeness.ssim(peer, lossless);
        shop.progress().accept(String.format(Locale.ROOT, "SSIM %.4f, the peer's %.4f.", like, peerLike));
        figures.add(Figure.beside(
                what + ", SSIM to a lossless one, thousandths",
                like * 1000,
                peerLike * 1000,
                "at most 5 less",
                like >= peerLike - LESS_SIMILAR));
    }
}
