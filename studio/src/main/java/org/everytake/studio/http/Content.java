package org.everytake.studio.http;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that never change under their tag, and can be read from anywhere. */
public interface Content {
    long sizeBytes();

    String contentType();

    /** A strong entity tag without its quotes: another content has another one. */
    String tag();

    /** The bytes from {@code offset} on; the reader closes it, mostly before its end. */
    InputStream open(long offset, long lengthBytes) throws IOException;
}
