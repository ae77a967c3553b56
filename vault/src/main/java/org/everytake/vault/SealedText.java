package org.everytake.vault;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A short text, such as a password, sealed as objects are: for whoever keeps it elsewhere, in a database for one. */
public final class SealedText {
    private SealedText() {}

    /**
     * Seals a text.
     *
     * @param name under which alone it can be opened
     */
    public static byte[] seal(DataKey key, String name, String text) {
        var sealed = new ByteArrayOutputStream();
        try (OutputStream out = new ObjectSeal(key).seal(ObjectName.require(name), sealed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sealed.toByteArray();
    }

    /** @throws IOException if this is not what was sealed with this key under this name */
    public static String open(DataKey key, String name, byte[] sealed) throws IOException {
        try (InputStream in = new ObjectSeal(key).open(ObjectName.require(name), new ByteArrayInputStream(sealed))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
