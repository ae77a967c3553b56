package org.everytake.bench.render;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongPredicate;
import org.everytake.bench.Figure;
import org.everytake.bench.measure.Likeness;
import org.everytake.bench.measure.Probe;
import org.everytake.render.Preset;
import org.everytake.render.RenderFault;
import org.everytake.render.layout.Layout;
import org.everytake.tape.TapeFault;
import org.everytake.tape.read.SegmentSource;

/**
 * What is seen of a camera of whose packets some were lost and not sent again, beside what janus-pp-rec makes of the very
 * same packets. Each film is compared with what the same program makes of all packets, picture by picture.
 */
final class Losses {
    private static final List<Integer> PERCENT = List.of(1, 5);
    private static final double LIKE_DECIBELS = 35;
    private static final double MOST = 0.1;
    /** Of the beginning, which both must have to be compared. */
    private static final int SPARED_PACKETS = 100;

    /** As the camera's pictures are, and nothing lost by encoding. */
    private static final Preset AS_SENT = new Preset(
            "as-sent",
            Preset.Container.MOV,
            Footage.FRAMES_PER_SECOND,
            96_000,
            new Preset.Picture(640, 360, 0, Layout.SOLO, ZoneOffset.UTC),
            Preset.Video.H264);

    /** What can be said of a film. */
    private record Seen(int pictures, int held, int spoilt, int complaints) {
        /** Pictures that are not what they should be, of those that claim to be new. */
        double spoiltPercent() {
            return 100.0 * spoilt / Math.max(1, pictures - held);
        }

        double heldPercent() {
            return 100.0 * held / pictures;
        }

        @Override
        public String toString() {
            return pictures + " pictures, " + held + " held, " + spoilt + " spoilt, " + complaints + " complaints";
        }
    }

    private final Workshop shop;

    Losses(Workshop shop) {
        this.shop = shop;
    }

    List<Figure> measure() throws IOException, TapeFault, RenderFault, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        List<SegmentSource> whole = shop.taped("loss-0", 1, shop.extent().lossSeconds(), Workshop.NOTHING_LOST);
        Path ours = shop.ours().make("whole.mov", whole, AS_SENT);
        boolean hasPeer = Janus.isHere();
        Path peer = hasPeer ? Janus.of("loss-0", whole, shop).camera() : ours;
        for (int percent : PERCENT) {
            shop.progress().accept("A camera after " + percent + " % loss.");
            String name = "loss-" + percent;
            List<SegmentSource> tape = shop.taped(name, 1, shop.extent().lossSeconds(), losing(percent));
            Seen seen = seen(shop.ours().make("lossy.mov", tape, AS_SENT), ours);
            shop.progress().accept("Ours: " + seen + ".");
            String what = "after " + percent + " % loss without retransmission";
            figures.add(Figure.of("held pictures " + what + ", %", seen.heldPercent(), "anything", true));
            figures.add(Figure.of("complaints of the decoder " + what, seen.complaints(), "0", seen.complaints() == 0));
            String spoilt = "pictures under 35 dB among those not held, " + what + ", %";
            if (!hasPeer) {
                figures.add(Figure.notHere(spoilt, "at most 0.10 times", Janus.PROGRAM + " is not installed"));
                continue;
            }
            Seen beside = seen(Janus.of(name, tape, shop).camera(), peer);
            shop.progress().accept("Janus: " + beside + ".");
            figures.add(Figure.beside(
                    spoilt,
                    seen.spoiltPercent(),
                    beside.spoiltPercent(),
                    "at most 0.10 times",
                    seen.spoiltPercent() <= MOST * beside.spoiltPercent()));
        }
        return figures;
    }

    private static LongPredicate losing(int percent) {
        Random random = new Random(percent);
        return number -> number >= SPARED_PACKETS && random.nextInt(100) < percent;
    }

    private static Seen seen(Path film, Path whole) throws IOException {
        List<Double> like = Likeness.psnr(film, whole, Footage.FRAMES_PER_SECOND);
        List<Boolean> held = Likeness.held(film, Footage.FRAMES_PER_SECOND);
        int pictures = Math.min(like.size(), held.size());
        int heldCount = 0;
        int spoilt = 0;
        for (int i = 0; i < pictures; i++) {
            if (held.get(i)) {
                heldCount++;
            } else if (like.get(i) < LIKE_DECIBELS) {
                spoilt++;
            }
        }
        int complaints =
                Probe.complaint(film).map(said -> (int) said.lines().count()).orElse(0);
        return new Seen(pictures, heldCount, spoilt, complaints);
    }
}
