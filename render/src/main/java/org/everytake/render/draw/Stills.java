package org.everytake.render.draw;

import io.github.humbleui.skija.BlendMode;
import io.github.humbleui.skija.Canvas;
import io.github.humbleui.skija.Data;
import io.github.humbleui.skija.EncoderPNG;
import io.github.humbleui.skija.Image;
import io.github.humbleui.skija.Paint;
import io.github.humbleui.skija.PaintStrokeCap;
import io.github.humbleui.skija.Surface;
import io.github.humbleui.skija.paragraph.Alignment;
import io.github.humbleui.skija.paragraph.Paragraph;
import io.github.humbleui.types.RRect;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.everytake.render.Caption;
import org.everytake.render.Chunk;
import org.everytake.render.Pane;
import org.everytake.render.Preset;
import org.everytake.render.Rect;
import org.everytake.render.picture.Strips;

/** Draws the stills of a chunk as PNG. Immutable; each call draws anew. */
public final class Stills {
    /** What is seen of a pane beside its picture, as FFmpeg spells it. */
    public static final String TILE_COLOUR = String.format(Locale.ROOT, "0x%06x", Palette.TILE & 0xFFFFFF);

    private static final float RADIUS = 10;
    private static final float TAG_PADDING = 10;

    /** How high a capital is, of the size of a font. */
    private static final float CAPITALS = 0.71f;

    private final Preset preset;
    private final String title;

    public Stills(Preset preset, String title) {
        this.preset = preset;
        this.title = title;
    }

    /**
     * The canvas with the placeholder of every pane, and what is written above them all the time; with the title where
     * there is nobody.
     */
    public byte[] background(Chunk chunk) {
        List<Pane> panes = chunk.panes();
        return draw(preset.canvas().width(), preset.canvas().height(), canvas -> {
            canvas.clear(preset.canvas().names() ? Palette.CANVAS : Palette.TILE);
            panes.forEach(pane -> placeholder(canvas, pane));
            chunk.captions().stream()
                    .filter(caption -> caption.ticks().equals(chunk.ticks()))
                    .forEach(caption -> write(
                            canvas, caption, caption.at().x(), caption.at().y()));
            if (panes.isEmpty() && chunk.captions().isEmpty() && !title.isBlank()) {
                float size = Math.max(14, preset.canvas().height() / 24f);
                centred(
                        canvas,
                        title,
                        size,
                        Palette.QUIET_TEXT,
                        0,
                        preset.canvas().width(),
                        preset.canvas().height() / 2f - size * 0.7f);
            }
        });
    }

    /** What lies over the upper edge of a pane's picture: round corners. */
    public byte[] upperStrip(Pane pane) {
        return draw(
                pane.at().width(),
                Strips.UPPER_HEIGHT,
                canvas -> corners(canvas, 0, pane.at().width(), pane.at().height()));
    }

    /** What lies over the lower edge of a pane's picture: round corners and the name. */
    public byte[] lowerStrip(Pane pane) {
        int width = pane.at().width();
        int height = Strips.lowerHeight(pane.at());
        return draw(width, height, canvas -> {
            corners(canvas, height - pane.at().height(), width, pane.at().height());
            float size = height >= 48 ? 16 : 12.5f;
            float tag = Strips.tagHeight(pane.at());
            float most = width - tag - 3 * Strips.MARGIN - 2 * TAG_PADDING;
            try (Paragraph name = Fonts.shared().line(pane.name(), size, false, Palette.TEXT, Alignment.LEFT, most);
                    Paint paint = new Paint()) {
                float wide = Math.min(most, name.getLongestLine()) + 2 * TAG_PADDING;
                float top = height - Strips.MARGIN - tag;
                paint.setAntiAlias(true).setColor(Palette.TAG);
                canvas.drawRRect(RRect.makeXYWH(Strips.MARGIN, top, wide, tag, 6), paint);
                onLine(canvas, name, Strips.MARGIN + TAG_PADDING, top, tag, size);
            }
        });
    }

    /** What says that somebody is muted: a microphone that is struck out, on a square of a tag. */
    public byte[] mutedMark(Rect at) {
        float side = at.width();
        return draw(at.width(), at.height(), canvas -> {
            try (Paint paint = new Paint()) {
                paint.setAntiAlias(true).setColor(Palette.TAG);
                canvas.drawRRect(RRect.makeXYWH(0, 0, side, side, 6), paint);
                paint.setColor(Palette.TEXT);
                canvas.drawRRect(
                        RRect.makeXYWH(side * 0.4f, side * 0.17f, side * 0.2f, side * 0.36f, side * 0.1f), paint);
                paint.setStroke(true).setStrokeWidth(side * 0.07f).setStrokeCap(PaintStrokeCap.ROUND);
                canvas.drawArc(side * 0.29f, side * 0.23f, side * 0.71f, side * 0.65f, 0, 180, false, paint);
                canvas.drawLine(side * 0.5f, side * 0.65f, side * 0.5f, side * 0.8f, paint);
                paint.setColor(Palette.MUTED);
                canvas.drawLine(side * 0.24f, side * 0.2f, side * 0.76f, side * 0.8f, paint);
            }
        });
    }

    /** A caption alone, for times when it is not in the background. */
    public byte[] caption(Caption caption) {
        return draw(caption.at().width(), caption.at().height(), canvas -> write(canvas, caption, 0, 0));
    }

    private static void write(Canvas canvas, Caption caption, int x, int y) {
        float size = caption.at().height() * 0.45f;
        int colour = caption.right() ? Palette.QUIET_TEXT : Palette.TEXT;
        Alignment alignment = caption.right() ? Alignment.RIGHT : Alignment.LEFT;
        try (Paragraph line = Fonts.shared()
                .line(
                        caption.text(),
                        size,
                        false,
                        colour,
                        alignment,
                        caption.at().width())) {
            onLine(canvas, line, x, y + 4, caption.at().height(), size);
        }
    }

    private void placeholder(Canvas canvas, Pane pane) {
        Rect at = pane.at();
        float radius = preset.canvas().names() ? RADIUS : 0;
        float circle = Math.min(at.width(), at.height()) * 0.17f;
        float nameSize = Math.clamp(at.height() / 14f, 13, 26);
        float centreX = at.x() + at.width() / 2f;
        float centreY = at.y() + at.height() / 2f - nameSize * 0.9f;
        try (Paint paint = new Paint()) {
            paint.setAntiAlias(true).setColor(Palette.TILE);
            canvas.drawRRect(RRect.makeXYWH(at.x(), at.y(), at.width(), at.height(), radius), paint);
            paint.setColor(Palette.of(pane.person()));
            canvas.drawCircle(centreX, centreY, circle, paint);
        }
        if (!pane.hasRoom()) {
            return;
        }
        String initials = Initials.of(pane.name());
        try (Paragraph letters =
                Fonts.shared().line(initials, circle * 0.8f, true, Palette.TEXT, Alignment.CENTER, circle * 2)) {
            onLine(canvas, letters, centreX - circle, centreY - circle, 2 * circle, circle * 0.8f);
        }
        centred(canvas, pane.name(), nameSize, Palette.TEXT, at.x(), at.width(), centreY + circle + nameSize * 0.5f);
    }

    private static void centred(Canvas canvas, String text, float size, int colour, float x, float width, float y) {
        float margin = width * 0.08f;
        try (Paragraph line = Fonts.shared().line(text, size, false, colour, Alignment.CENTER, width - 2 * margin)) {
            line.paint(canvas, x + margin, y);
        }
    }

    /** With its capitals in the middle of a line of this height, whatever the fonts are that it is set in. */
    private static void onLine(Canvas canvas, Paragraph text, float x, float top, float height, float size) {
        float baseline = top + height / 2 + size * CAPITALS / 2;
        text.paint(canvas, x, baseline - (float) text.getAlphabeticBaseline());
    }

    /** The canvas's colour outside a rounded rectangle, transparent within. */
    private static void corners(Canvas canvas, float y, float width, float height) {
        canvas.clear(Palette.CANVAS);
        try (Paint paint = new Paint()) {
            paint.setAntiAlias(true).setBlendMode(BlendMode.CLEAR);
            canvas.drawRRect(RRect.makeXYWH(0, y, width, height, RADIUS), paint);
        }
    }

    private static byte[] draw(int width, int height, Consumer<Canvas> drawing) {
        try (Surface surface = Surface.makeRasterN32Premul(width, height)) {
            drawing.accept(surface.getCanvas());
            try (Image image = surface.makeImageSnapshot();
                    Data png = EncoderPNG.encode(image)) {
                return png.getBytes();
            }
        }
    }
}
