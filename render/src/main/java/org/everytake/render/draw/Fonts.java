package org.everytake.render.draw;

import io.github.humbleui.skija.Data;
import io.github.humbleui.skija.FontMgr;
import io.github.humbleui.skija.FontStyle;
import io.github.humbleui.skija.Typeface;
import io.github.humbleui.skija.paragraph.Alignment;
import io.github.humbleui.skija.paragraph.FontCollection;
import io.github.humbleui.skija.paragraph.Paragraph;
import io.github.humbleui.skija.paragraph.ParagraphBuilder;
import io.github.humbleui.skija.paragraph.ParagraphStyle;
import io.github.humbleui.skija.paragraph.TextStyle;
import io.github.humbleui.skija.paragraph.TypefaceFontProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The fonts that are shipped, and lines of text set in them: any direction, any script that one of them has, the rest
 * from whatever the machine has. Made once; used under its own lock, because Skia's collection is not thread-safe.
 */
final class Fonts {
    private static final List<String> SHIPPED = List.of(
            "NotoSans",
            "NotoSansArabic",
            "NotoSansHebrew",
            "NotoSansDevanagari",
            "NotoSansBengali",
            "NotoSansTamil",
            "NotoSansThai",
            "NotoSansGeorgian",
            "NotoSansArmenian");

    private final FontCollection collection = new FontCollection();
    private final String[] families;

    private Fonts() {
        TypefaceFontProvider provider = new TypefaceFontProvider();
        for (String name : SHIPPED) {
            provider.registerTypeface(load(name + "-Regular.ttf"), name);
            provider.registerTypeface(load(name + "-Bold.ttf"), name);
        }
        collection.setAssetFontManager(provider);
        collection.setDefaultFontManager(FontMgr.getDefault());
        collection.setEnableFallback(true);
        families = SHIPPED.toArray(String[]::new);
    }

    private static final class Holder {
        private static final Fonts SHARED = new Fonts();
    }

    static Fonts shared() {
        return Holder.SHARED;
    }

    /** One line, cut with an ellipsis where it is wider than {@code width} pixels. The caller closes it. */
    synchronized Paragraph line(String text, float size, boolean bold, int colour, Alignment alignment, float width) {
        try (TextStyle textStyle = new TextStyle();
                ParagraphStyle style = new ParagraphStyle()) {
            textStyle
                    .setColor(colour)
                    .setFontSize(size)
                    .setFontFamilies(families)
                    .setFontStyle(bold ? FontStyle.BOLD : FontStyle.NORMAL);
            style.setTextStyle(textStyle).setMaxLinesCount(1).setEllipsis("…").setAlignment(alignment);
            try (ParagraphBuilder builder = new ParagraphBuilder(style, collection)) {
                return builder.pushStyle(textStyle).addText(text).build().layout(width);
            }
        }
    }

    private static Typeface load(String file) {
        try (InputStream in = Fonts.class.getResourceAsStream("fonts/" + file)) {
            if (in == null) {
                throw new IllegalStateException("The font " + file + " is not in the program");
            }
            try (Data data = Data.makeFromBytes(in.readAllBytes())) {
                return FontMgr.getDefault().makeFromData(data);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
