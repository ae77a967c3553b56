package org.everytake.render.picture;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Lets so many bytes through: an encoder that runs wild must not fill a disk. */
final class Bounded extends FilterOutputStream {
    private long left;

    Bounded(OutputStream out, long most) {
        super(out);
        this.left = most;
    }

    @Override
    public void write(int value) throws IOException {
        take(1);
        out.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        take(length);
        out.write(bytes, offset, length);
    }

    private void take(int count) throws IOException {
        left -= count;
        if (left < 0) {
            throw new IOException("FFmpeg wrote more than its pictures can need");
        }
    }
}
