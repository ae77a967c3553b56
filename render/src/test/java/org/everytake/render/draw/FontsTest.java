package org.everytake.render.draw;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.humbleui.skija.Bitmap;
import io.github.humbleui.skija.Canvas;
import io.github.humbleui.skija.paragraph.Alignment;
import io.github.humbleui.skija.paragraph.Paragraph;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written can be read: each script has letters of its own, and not a box for each. */
class FontsTest {
    private static final int WIDTH = 400;
    private static final int HEIGHT = 60;

    /** Colours of the pixels, row by row. */
    private static int[] drawn(String text) {
        try (Bitmap bitmap = new Bitmap();
                Paragraph line = Fonts.shared().line(text, 32, false, 0xFFFFFFFF, Alignment.LEFT, WIDTH)) {
            bitmap.allocN32Pixels(WIDTH, HEIGHT);
            try (Canvas canvas = new Canvas(bitmap)) {
                canvas.clear(0xFF000000);
                line.paint(canvas, 0, 0);
            }
            int[] pixels = new int[WIDTH * HEIGHT];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = bitmap.getColor(i % WIDTH, i / WIDTH);
            }
            return pixels;
        }
    }

    private static int unknown(String text) {
        try (Paragraph line = Fonts.shared().line(text, 32, false, 0xFFFFFFFF, Alignment.LEFT, WIDTH)) {
            return line.getUnresolvedGlyphsCount();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Zoë Ångström",
                "Ελένη",
                "Фёдор",
                "محمد عبد الله",
                "שרה לוי",
                "प्रिया शर्मा",
                "শ্রেয়া",
                "தமிழ்",
                "తెలుగు",
                "ગુજરાતી",
                "ಕನ್ನಡ",
                "മലയാളം",
                "ਪੰਜਾਬੀ",
                "ଓଡ଼ିଆ",
                "සිංහල",
                "ภาษาไทย",
                "ខ្មែរ",
                "ລາວ",
                "မြန်မာ",
                "አማርኛ",
                "ქართული",
                "Հայերեն",
                "ދިވެހި",
                "ᏣᎳᎩ",
                "ᐃᓄᒃᑎᑐᑦ",
                "ᠮᠣᠩᠭᠣᠯ",
                "ܣܘܪܝܝܐ",
                "ⵜⴰⵎⴰⵣⵉⵖⵜ",
                "ߒߞߏ",
                "田中 さくら",
                "カタカナ",
                "김민준",
                "가",
                "힣",
                "힢",
                "王小明",
                "👩🏽‍🚀",
                "🇳🇱",
                "🎬",
                "★ → ☺"
            })
    void REN_3_everyScriptHasLetters(String text) {
        assertThat(unknown(text)).isZero();
        Set<Integer> boxes = new HashSet<>();
        for (int pixel : drawn(text)) {
            boxes.add(pixel);
        }
        assertThat(boxes).as("something is drawn").hasSizeGreaterThan(10);
        assertThat(drawn(text)).isNotEqualTo(drawn("\uFFFF\uFFFF"));
    }

    @Test
    void whatNoFontHasIsCounted() {
        assertThat(unknown("\uE000\uE001")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"🦊", "👩🏽‍🚀", "🇳🇱", "❤️"})
    void REN_3_emojiHaveTheirColours(String emoji) {
        int coloured = 0;
        for (int pixel : drawn(emoji)) {
            int red = pixel >> 16 & 0xFF;
            int green = pixel >> 8 & 0xFF;
            int blue = pixel & 0xFF;
            coloured += Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue)) > 60 ? 1 : 0;
        }
        assertThat(coloured).isGreaterThan(80);
    }

    @Test
    void REN_3_lettersJoinAndMarksStack() {
        // joined, they are narrower than side by side: ZWNJ keeps letters apart
        assertThat(width("ببب")).isLessThan(width("ب\u200Cب\u200Cب"));
        // क, virama and ष make one letter
        assertThat(width("क्ष")).isLessThan(width("क") + width("ष"));
        // a family is one emoji
        assertThat(width("👩‍👩‍👧")).isLessThan(1.5 * width("👩"));
        assertThat(width("🇳🇱")).isLessThan(1.5 * width("👩"));
    }

    private static double width(String text) {
        try (Paragraph line = Fonts.shared().line(text, 32, false, 0xFFFFFFFF, Alignment.LEFT, WIDTH)) {
            return line.getLongestLine();
        }
    }
}
