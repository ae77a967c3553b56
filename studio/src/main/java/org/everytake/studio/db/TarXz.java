package org.everytake.studio.db;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks a tar archive (POSIX ustar: files, folders, symbolic links) packed with xz, the form in which PostgreSQL's
 * programs come.
 *
 * <pre>
 *   offset  length  field of a header block of 512 bytes
 *        0     100  name
 *      100       8  mode, octal
 *      124      12  size, octal
 *      156       1  type: '0' or NUL file, '2' symbolic link, '5' folder
 *      157     100  link target
 *      345     155  prefix of the name
 * </pre>
 */
final class TarXz {
    private static final int BLOCK = 512;

    private TarXz() {}

    static void unpack(InputStream packed, Path target) throws IOException {
        Path root = target.toAbsolutePath().normalize();
        try (var tar = new XZInputStream(packed)) {
            byte[] header = new byte[BLOCK];
            while (tar.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
                String prefix = text(header, 345, 155);
                String name = prefix.isEmpty() ? text(header, 0, 100) : prefix + "/" + text(header, 0, 100);
                Path path = root.resolve(name).normalize();
                if (!path.startsWith(root)) {
                    throw new IOException("The archive names a path outside of its folder: " + name);
                }
                long size = octal(header, 124, 12);
                switch (header[156]) {
                    case '0', 0 -> file(tar, path, size, (octal(header, 100, 8) & 0111) != 0);
                    case '2' -> link(path, text(header, 157, 100));
                    case '5' -> Files.createDirectories(path);
                    default -> tar.skipNBytes(padded(size));
                }
            }
        }
    }

    private static void file(InputStream tar, Path path, long size, boolean executable) throws IOException {
        Files.createDirectories(path.getParent());
        try (var out = Files.newOutputStream(path)) {
            byte[] buffer = new byte[64 * 1024];
            for (long left = size; left > 0; ) {
                int read = tar.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (read < 0) {
                    throw new EOFException("The archive ends within " + path.getFileName());
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
        tar.skipNBytes(padded(size) - size);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static void link(Path path, String to) throws IOException {
        Files.createDirectories(path.getParent());
        Files.deleteIfExists(path);
        Files.createSymbolicLink(path, Path.of(to));
    }

    private static long padded(long size) {
        return (size + BLOCK - 1) / BLOCK * BLOCK;
    }

    private static String text(byte[] block, int offset, int length) {
        int end = offset;
        while (end < offset + length && block[end] != 0) {
            end++;
        }
        return new String(block, offset, end - offset, StandardCharsets.UTF_8);
    }

    private static long octal(byte[] block, int offset, int length) {
        String digits = text(block, offset, length).strip();
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }
}
