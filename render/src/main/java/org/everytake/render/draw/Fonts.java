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
import java.util.ArrayList;
import java.util.List;

/**
 * The fonts that are shipped, and lines of text set in them: any direction, any script that one of them has, emoji in
 * colour, the rest from whatever the machine has. Made once; used under its own lock, because Skia's collection is not
 * thread-safe.
 */
final class Fonts {
    /** With a bold face each. */
    private static final List<String> WITH_BOLD = List.of(
            "NotoSans",
            "NotoSansArabic",
            "NotoSansHebrew",
            "NotoSansDevanagari",
            "NotoSansBengali",
            "NotoSansTamil",
            "NotoSansThai",
            "NotoSansGeorgian",
            "NotoSansArmenian");

    private static final List<String> REGULAR = List.of(
            "NotoSansTelugu",
            "NotoSansGujarati",
            "NotoSansKannada",
            "NotoSansMalayalam",
            "NotoSansGurmukhi",
            "NotoSansOriya",
            "NotoSansSinhala",
            "NotoSansKhmer",
            "NotoSansLao",
            "NotoSansMyanmar",
            "NotoSansEthiopic",
            "NotoSansThaana",
            "NotoSansCherokee",
            "NotoSansCanadianAboriginal",
            "NotoSansMongolian",
            "NotoSansSyriac",
            "NotoSansTifinagh",
            "NotoSansNKo");

    /** Large ones, loaded when first a character asks for them: Chinese, Japanese and Korean, symbols, emoji. */
    private static final List<String> LARGE =
            List.of("DroidSansFallbackFull", "NanumSquareR", "NotoColorEmoji", "NotoSansSymbols2-Regular");

    /** The first character that may be in a large font: arrows, technical signs, and what follows. */
    private static final int FIRST_OF_LARGE = 0x2190;

    /** Hangul's own letters, which names may be written with, too. */
    private static final int JAMO = 0x1100;

    private static final int END_OF_JAMO = 0x1200;

    private final TypefaceFontProvider provider = new TypefaceFontProvider();
    private final FontCollection collection = new FontCollection();
    private final List<String> families = new ArrayList<>();
    private boolean largeLoaded;

    private Fonts() {
        for (String family : WITH_BOLD) {
            register(family, family + "-Regular.ttf");
            register(family, family + "-Bold.ttf");
            families.add(family);
        }
        for (String family : REGULAR) {
            register(family, family + "-Regular.ttf");
            families.add(family);
        }
        collection.setAssetFontManager(provider);
        collection.setDefaultFontManager(FontMgr.getDefault());
        collection.setEnableFallback(true);
    }

    private static final class Holder {
        private static final Fonts SHARED = new Fonts();
    }

    private void register(String family, String file) {
        provider.registerTypeface(load(file), family);
    }

    private void loadLarge() {
        for (String family : LARGE) {
            register(family, family + ".ttf");
            families.add(family);
        }
        largeLoaded = true;
    }

    private static boolean needsLarge(String text) {
        return text.codePoints().anyMatch(c -> c >= FIRST_OF_LARGE || c >= JAMO && c < END_OF_JAMO);
    }

    static Fonts shared() {
        return Holder.SHARED;
    }

    /** One line, cut with an ellipsis where it is wider than {@code width} pixels. The caller closes it. */
    synchronized Paragraph line(String text, float size, boolean bold, int colour, Alignment alignment, float width) {
        if (!largeLoaded && needsLarge(text)) {
            loadLarge();
        }
        try (TextStyle textStyle = new TextStyle();
                ParagraphStyle style = new ParagraphStyle()) {
            textStyle
                    .setColor(colour)
                    .setFontSize(size)
                    .setFontFamilies(families.toArray(String[]::new))
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
