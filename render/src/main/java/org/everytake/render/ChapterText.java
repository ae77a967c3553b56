package org.everytake.render;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.everytake.render.raw.JsonWriter;

/** Chapters as files of their own (docs/formats.md, "Chapters"). */
public final class ChapterText {
    private static final int VERSION = 1;

    private ChapterText() {}

    /** As JSON, for whoever has words of their own. */
    public static void json(List<Chapter> chapters, OutputStream out) throws IOException {
        JsonWriter json = new JsonWriter(out);
        json.object().name("format").value("everytake-chapters").name("version").value(VERSION);
        json.name("chapters").array();
        for (Chapter chapter : chapters) {
            json.row().name("fromMillis").value(millis(chapter.nanos()));
            json.name("title").value(chapter.title()).name("happenings").array();
            for (Chapter.Happening happening : chapter.happenings()) {
                String kind = happening.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
                json.row().name("kind").value(kind).name("of").value(happening.of());
                json.end();
            }
            json.end().end();
        }
        json.end().end().flush();
    }

    /** As WebVTT, for a {@code <track kind="chapters">}; each lasts until the next. */
    public static void vtt(List<Chapter> chapters, long durationNanos, OutputStream out) throws IOException {
        StringBuilder text = new StringBuilder("WEBVTT\n");
        for (int i = 0; i < chapters.size(); i++) {
            long end = i + 1 < chapters.size() ? chapters.get(i + 1).nanos() : durationNanos;
            text.append('\n').append(time(chapters.get(i).nanos()));
            text.append(" --> ").append(time(end)).append('\n');
            text.append(escaped(chapters.get(i).title())).append('\n');
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static long millis(long nanos) {
        return (nanos + 500_000) / 1_000_000;
    }

    /** With hours, which have two digits at least (WebVTT, section 4.1). */
    private static String time(long nanos) {
        long millis = millis(nanos);
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%03d",
                millis / 3_600_000,
                millis / 60_000 % 60,
                millis / 1000 % 60,
                millis % 1000);
    }

    /** What would end the line, or begin a tag or an entity, does not. */
    private static String escaped(String title) {
        return title.replaceAll("\\R", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }
}
