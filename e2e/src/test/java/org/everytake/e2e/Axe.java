package org.everytake.e2e;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at a page as somebody does who cannot see it, or not well, or has a small screen and large fingers. */
final class Axe {

    /** Phone, tablet, desktop. */
    private static final int[] WIDTHS = {390, 820, 1440};

    private static final List<ColorScheme> SCHEMES = List.of(ColorScheme.LIGHT, ColorScheme.DARK);

    private final String script;

    private Axe(String script) {
        this.script = script;
    }

    /** From the packages of the pages, which are there once they were built. */
    static Axe read() throws IOException {
        Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        return new Axe(Files.readString(module.resolveSibling("web/node_modules/axe-core/axe.min.js")));
    }

    /** What is wrong with the page as it is, in each width and scheme; each finding in a line. */
    List<String> complaints(Page page, String name) {
        List<String> found = new ArrayList<>();
        for (ColorScheme scheme : SCHEMES) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            for (int width : WIDTHS) {
                page.setViewportSize(width, 900);
                String where = "%s, %d wide, %s: ".formatted(name, width, scheme);
                // Evaluated by the driver, which the content security policy doesn't hold back.
                page.evaluate(script);
                Object faults = page.evaluate(FAULTS);
                ((List<?>) faults).forEach(fault -> found.add(where + fault));
                ((List<?>) page.evaluate(MEASURES)).forEach(fault -> found.add(where + fault));
            }
        }
        return found;
    }

    /** What has no place on a small screen; for other languages, whose words are longer. */
    static List<String> measures(Page page, String name) {
        List<String> found = new ArrayList<>();
        page.setViewportSize(WIDTHS[0], 900);
        ((List<?>) page.evaluate(MEASURES)).forEach(fault -> found.add(name + ": " + fault));
        return found;
    }

    private static final String FAULTS = """
            async () => {
              // What still moves has no colour to be judged.
              await Promise.all(document.getAnimations().filter((one) => one.effect?.getTiming().iterations !== Infinity)
                .map((one) => one.finished.catch(() => undefined)));
              const { violations } = await window.axe.run(document);
              return violations.flatMap(({ id, help, nodes }) =>
                nodes.map(({ target, any }) => `${id} (${help}) at ${target.join(' ')}: ${any[0]?.message ?? ''}`));
            }""";

    /** Nothing is wider than the page; on a small screen what is pressed is at least 44 pixels high. */
    private static final String MEASURES = """
            () => {
              const found = [];
              const over = document.documentElement.scrollWidth - window.innerWidth;
              if (over > 0) {
                const wide = [...document.querySelectorAll('body *')]
                  .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 0.5);
                const where = wide.map((one) => `${one.localName}.${one.className} ${one.textContent.slice(0, 20)}`);
                found.push(`${over} pixels wider than the window: ${where.slice(-3).join(' | ')}`);
              }
              if (window.innerWidth > 900) return found;
              for (const frame of document.querySelectorAll('.table-frame')) {
                if (window.innerWidth < 500 && frame.scrollWidth > frame.clientWidth) found.push('a table that is cut off');
              }
              const buttons = [...document.querySelectorAll('.room-bar button:not(dialog *)')].map((one) => one.getBoundingClientRect());
              buttons.sort((one, other) => one.left - other.left).forEach((one, at) => {
                if (at > 0 && one.left < buttons[at - 1].right) found.push('buttons of the bar lie over each other');
              });
              for (const element of document.querySelectorAll('button, select, .button, nav a, .menu a, a.row')) {
                const { height, width } = element.getBoundingClientRect();
                const before = getComputedStyle(element, '::before');
                const grown = before.content !== 'none' && before.position === 'absolute' ? 20 : 0;
                if (width > 0 && height + grown < 43.5) {
                  found.push(`${height} pixels high: ${element.outerHTML.slice(0, 120)}`);
                }
              }
              return found;
            }""";
}
