package org.everytake.vault;

import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Bytes that a request carries, as often as it takes. */
interface Payload {
    /** All of them, from the first on. */
    InputStream open() throws IOException;

    int length();

    /** Of an array that nobody changes meanwhile. */
    static Payload of(byte[] bytes, int length) {
        return new Payload() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes, 0, length);
            }

            @Override
            public int length() {
                return length;
            }
        };
    }

    /** A part of a file that nobody changes meanwhile: read when it is sent, and held by nobody. */
    static Payload of(Path file, long from, int length) {
        return new Payload() {
            @Override
            public InputStream open() throws IOException {
                InputStream in = new FileInputStream(file.toFile());
                try {
                    in.skipNBytes(from);
                    return new Part(in, length);
                } catch (IOException e) {
                    in.close();
                    throw e;
                }
            }

            @Override
            public int length() {
                return length;
            }
        };
    }

    /** What comes next of a stream, up to a length; closed at its end, because not every client closes what it sends. */
    final class Part extends FilterInputStream {
        private int left;

        Part(InputStream in, int length) {
            super(in);
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return length == 0 ? 0 : -1;
            }
            int count = in.read(bytes, offset, Math.min(left, length));
            left -= Math.max(0, count);
            if (left == 0 || count < 0) {
                in.close();
            }
            return count;
        }

        @Override
        public long skip(long bytes) throws IOException {
            long count = in.skip(Math.min(left, bytes));
            left -= Math.toIntExact(count);
            return count;
        }

        @Override
        public int available() throws IOException {
            return left == 0 ? 0 : Math.min(left, in.available());
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
