package org.everytake.e2e;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Pictures of pages as they look on a phone, a tablet and a desktop, in light and dark: {@code name-390-dark.png}. */
final class Album {

    private record Size(int width, int height) {}

    private static final Size PHONE = new Size(390, 844);
    private static final Size TABLET = new Size(820, 1180);
    private static final Size DESKTOP = new Size(1440, 900);
    private static final List<Size> SIZES = List.of(PHONE, TABLET, DESKTOP);

    private final Path folder;

    private Album(Path folder) {
        this.folder = folder;
    }

    static Album in(Path folder) throws IOException {
        Files.createDirectories(folder);
        return new Album(folder);
    }

    /** Takes the page as it stands now, in each size and scheme. */
    void add(Page page, String name) {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (Size size : SIZES) {
                add(page, name, size, scheme);
            }
        }
    }

    private void add(Page page, String name, Size size, ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.setViewportSize(size.width(), size.height());
        page.evaluate(STILL);
        String word = scheme.name().toLowerCase(Locale.ROOT);
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(folder.resolve("%s-%d-%s.png".formatted(name, size.width(), word))));
    }

    /** What moves to its place has come there, and what was asked to be drawn is drawn. */
    private static final String STILL = """
            async () => {
              await Promise.all(document.getAnimations().filter((one) => one.effect?.getTiming().iterations !== Infinity)
                .map((one) => one.finished.catch(() => undefined)));
              await Promise.all([...document.images].map((one) => one.decode().catch(() => undefined)));
              await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
            }""";
}
