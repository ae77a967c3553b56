package org.everytake.render.layout;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The layouts that are shipped, each in a file of the form that any other has. */
public final class Shipped {
    /** Those that people may choose, the usual one first. */
    public static final List<String> NAMES = List.of("screen", "grid", "filmstrip", "speaker", "two-sided");

    private Shipped() {}

    /** The JSON of one. */
    public static String form(String name) {
        try (InputStream in = Shipped.class.getResourceAsStream(name + ".json")) {
            if (in == null) {
                throw new IllegalStateException("The layout " + name + " is not in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Layout layout(String name) {
        try {
            return LayoutReader.read(form(name));
        } catch (LayoutFault e) {
            throw new IllegalStateException("The layout " + name + " is wrong: " + e.getMessage(), e);
        }
    }
}
