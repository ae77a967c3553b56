package org.everytake.render.raw;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * Writes a tar archive (POSIX.1-2001, pax): of each file a header of 512 bytes, then its bytes, filled up with zeros to a
 * multiple of 512; at the end two blocks of zeros. Numbers are octal text.
 *
 * <pre>
 *   0 name, 100     100 mode, 8       108 owner, 8     116 group, 8    124 size, 12    136 modified, 12
 * 148 checksum, 8   156 type, 1       157 link, 100    257 "ustar" 0   263 "00"        345 folder, 155
 * </pre>
 *
 * <p>A file of 8 GB and more has its size in a file of type x before it: {@code "20 size=12345678901\n"}, where the first
 * number is the length of that line. One thread.
 */
final class TarWriter implements ArchiveWriter {
    private static final int BLOCK = 512;
    private static final long MOST_OCTAL_SIZE = 077777777777L;
    private static final char FILE = '0';
    private static final char MORE_ABOUT_THE_NEXT = 'x';

    private final OutputStream out;
    private final long modifiedSeconds;

    /** @param modified what each file says of its age */
    TarWriter(OutputStream out, Instant modified) {
        this.out = out;
        this.modifiedSeconds = Math.max(0, modified.getEpochSecond());
    }

    @Override
    public void file(String path, Measured measured, Content content) throws IOException {
        long size = measured.bytes();
        if (size > MOST_OCTAL_SIZE) {
            byte[] line = pax("size=" + size);
            header(path, line.length, MORE_ABOUT_THE_NEXT);
            out.write(line);
            fill(line.length);
        }
        header(path, size > MOST_OCTAL_SIZE ? 0 : size, FILE);
        Counted counted = new Counted(out);
        CheckedOutputStream checked = new CheckedOutputStream(counted, new CRC32());
        content.into(checked);
        if (counted.bytes != size || checked.getChecksum().getValue() != measured.crc32()) {
            throw new IOException(path + " is not what it was when it was measured");
        }
        fill(size);
    }

    @Override
    public void close() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.close();
    }

    /** A line that begins with its own length. */
    private static byte[] pax(String text) {
        int rest = text.length() + 2;
        int length = rest + 1;
        while (String.valueOf(length).length() + rest != length) {
            length++;
        }
        return (length + " " + text + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private void header(String path, long size, char type) throws IOException {
        int slash = path.lastIndexOf('/');
        byte[] block = new byte[BLOCK];
        text(block, 0, 100, path.substring(slash + 1));
        octal(block, 100, 8, 0644);
        octal(block, 108, 8, 0);
        octal(block, 116, 8, 0);
        octal(block, 124, 12, size);
        octal(block, 136, 12, modifiedSeconds);
        text(block, 148, 8, "        "); // counts as spaces in the sum
        block[156] = (byte) type;
        text(block, 257, 6, "ustar");
        text(block, 263, 2, "00");
        text(block, 345, 155, path.substring(0, Math.max(0, slash)));
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xFF;
        }
        octal(block, 148, 7, sum);
        block[154] = 0;
        out.write(block);
    }

    private static void text(byte[] block, int at, int most, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length > most) {
            throw new IllegalArgumentException(text + " is too long for a tar archive");
        }
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }

    /** Digits with zeros before them, and a zero byte at the end. */
    private static void octal(byte[] block, int at, int field, long value) {
        String digits = Long.toOctalString(value);
        text(block, at, field - 1, "0".repeat(field - 1 - digits.length()) + digits);
    }

    private void fill(long size) throws IOException {
        out.write(new byte[Math.floorMod(-size, BLOCK)]);
    }

    private static final class Counted extends FilterOutputStream {
        long bytes;

        Counted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            bytes++;
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            out.write(from, offset, length);
            bytes += length;
        }
    }
}
