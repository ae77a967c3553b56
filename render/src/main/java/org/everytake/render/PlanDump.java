package org.everytake.render;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints a {@link RenderPlan}. */
final class PlanDump {
    private PlanDump() {}

    static String of(RenderPlan plan) {
        StringBuilder out = new StringBuilder();
        Preset preset = plan.preset();
        out.append(String.format(
                Locale.ROOT,
                "%s \"%s\" %s at %d, %d ticks (%s), %d samples%n",
                preset.name(),
                plan.title(),
                preset.isSoundOnly()
                        ? "sound"
                        : preset.canvas().width() + "x" + preset.canvas().height(),
                preset.framesPerSecond(),
                plan.ticks(),
                seconds(plan.durationNanos()),
                plan.samples()));
        plan.remarks().forEach(remark -> out.append("remark ").append(remark).append('\n'));
        plan.chapters().stream()
                .skip(1)
                .forEach(chapter -> out.append("chapter ")
                        .append(seconds(chapter.nanos()))
                        .append(" \"")
                        .append(chapter.title())
                        .append("\"\n"));
        for (Chunk chunk : plan.chunks()) {
            out.append("chunk ").append(chunk.ticks()).append('\n');
            chunk.captions().forEach(caption -> caption(out, caption));
            chunk.panes().forEach(pane -> pane(out, pane));
        }
        for (Voice voice : plan.voices()) {
            out.append("voice ").append(voice.person());
            out.append(preset.channels() == 1 ? "" : " channel " + voice.channel())
                    .append('\n');
            voice.clips().forEach(clip -> clip(out, clip));
        }
        return out.toString();
    }

    private static void caption(StringBuilder out, Caption caption) {
        out.append("  caption \"").append(caption.text()).append("\" ").append(caption.at());
        out.append(caption.right() ? " right " : " left ")
                .append(caption.ticks())
                .append('\n');
    }

    private static void pane(StringBuilder out, Pane pane) {
        out.append("  pane ")
                .append(pane.person())
                .append(" \"")
                .append(pane.name())
                .append("\" ")
                .append(pane.at())
                .append(pane.fills() ? " filled" : "");
        out.append(pane.visible().isEmpty() ? " placeholder" : ticks(" seen ", pane.visible()));
        if (!pane.visible().isEmpty() && !pane.look().orientation().equals(Orientation.UPRIGHT)) {
            out.append(" turned ").append(pane.look().orientation());
        }
        if (!pane.muted().isEmpty()) {
            out.append(ticks(" muted ", pane.muted()));
        }
        out.append('\n');
        pane.clips().forEach(clip -> clip(out.append("  "), clip));
    }

    private static String ticks(String what, List<Ticks> all) {
        return all.stream().map(Ticks::toString).collect(Collectors.joining(" ", what, ""));
    }

    private static void clip(StringBuilder out, Clip clip) {
        out.append("  take ").append(clip.take()).append(" stream ").append(clip.stream());
        out.append(' ').append(clip.format().coding());
        for (Span span : clip.shown()) {
            out.append(' ').append(seconds(span.startNanos())).append("..").append(seconds(span.endNanos()));
        }
        out.append(String.format(Locale.ROOT, " (%+.0f ppm)%n", clip.clock().partsPerMillion()));
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
    }
}
