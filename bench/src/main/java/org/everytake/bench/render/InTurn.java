package org.everytake.bench.render;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.everytake.bench.Figure;
import org.everytake.bench.measure.ProcessorTime;
import org.everytake.render.RenderFault;
import org.everytake.tape.TapeFault;

/**
 * What two ways to the same need, in turn, so that both see the same moods of the machine.
 *
 * @param ours median of the processor seconds of this process, its compilers and collector included, and of its children
 * @param peer median of those of the peer's process
 */
record InTurn(double ours, double peer) {
    /** One of the two. */
    @FunctionalInterface
    interface Way {
        void go() throws IOException, TapeFault, RenderFault, InterruptedException;
    }

    /** Processor seconds. */
    private record Used(double java, double children) {
        static Used by(Way way) throws IOException, TapeFault, RenderFault, InterruptedException {
            double java = ProcessorTime.ofThisProcess();
            double children = ProcessorTime.ofEndedChildren();
            way.go();
            return new Used(ProcessorTime.ofThisProcess() - java, ProcessorTime.ofEndedChildren() - children);
        }
    }

    /** @param pairs how many are measured, after ours was made once: a server has been up for longer, too */
    static InTurn measure(int pairs, Way ours, Way peer, Consumer<String> progress)
            throws IOException, TapeFault, RenderFault, InterruptedException {
        ours.go();
        List<Double> allOfOurs = new ArrayList<>();
        List<Double> allOfPeer = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            boolean first = i % 2 == 0;
            Used one = Used.by(first ? ours : peer);
            Used other = Used.by(first ? peer : ours);
            Used used = first ? one : other;
            double its = (first ? other : one).children;
            double all = used.java + used.children;
            allOfOurs.add(all);
            allOfPeer.add(its);
            progress.accept(String.format(
                    Locale.ROOT,
                    "Ours %.2f s, of it Java %.2f; the peer %.2f s: %.2f.",
                    all,
                    used.java,
                    its,
                    all / its));
        }
        return new InTurn(median(allOfOurs), median(allOfPeer));
    }

    private static double median(List<Double> all) {
        return all.stream().sorted().toList().get(all.size() / 2);
    }

    /** As a figure whose ratio may be so much at most. */
    Figure figure(String what, double most) {
        return Figure.beside(
                what + ", processor s",
                ours,
                peer,
                String.format(Locale.ROOT, "at most %.2f times", most),
                ours <= most * peer);
    }
}
