package org.everytake.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.humbleui.skija.Bitmap;
import io.github.humbleui.skija.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.everytake.render.layout.Layout;
import org.everytake.render.layout.LayoutReader;
import org.everytake.render.layout.Shipped;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutPreviewTest {
    @ParameterizedTest
    @ValueSource(strings = {"screen", "grid", "filmstrip", "speaker", "two-sided", "solo"})
    void REN_3_eachLayoutCanBeLookedAt(String name) throws Exception {
        Layout layout = LayoutReader.read(Shipped.form(name));
        for (int people = 0; people <= LayoutPreview.most(); people++) {
            byte[] png = LayoutPreview.png(layout, people, people % 3);
            keep(name + people, png);
            try (Image image = Image.makeDeferredFromEncodedBytes(png);
                    Bitmap bitmap = Bitmap.makeFromImage(image)) {
                assertThat(image.getWidth()).isEqualTo(1280);
                assertThat(image.getHeight()).isEqualTo(720);
                if (people > 0) {
                    assertThat(bitmap.computeIsOpaque()).isTrue();
                    int colour = bitmap.getColor(640, 300);
                    assertThat(png.length)
                            .as("something is on it, and at its middle %x", colour)
                            .isGreaterThan(5_000);
                }
            }
        }
    }

    private static void keep(String name, byte[] png) throws IOException {
        String folder = System.getProperty("everytake.keep");
        if (folder != null) { // to look at them
            Files.write(Path.of(folder, name + ".png"), png);
        }
    }
}
