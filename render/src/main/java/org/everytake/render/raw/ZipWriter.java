package org.everytake.render.raw;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a zip archive whose files are stored as they are; their times are UTC. One thread. */
final class ZipWriter implements ArchiveWriter {
    private final ZipOutputStream out;
    private final LocalDateTime modified;

    /** @param modified what each file says of its age */
    ZipWriter(OutputStream out, Instant modified) {
        this.out = new ZipOutputStream(out);
        this.modified = LocalDateTime.ofInstant(modified, ZoneOffset.UTC);
    }

    @Override
    public void file(String path, Measured measured, Content content) throws IOException {
        ZipEntry entry = new ZipEntry(path);
        entry.setMethod(ZipEntry.STORED);
        entry.setTimeLocal(modified);
        entry.setSize(measured.bytes());
        entry.setCompressedSize(measured.bytes());
        entry.setCrc(measured.crc32());
        out.putNextEntry(entry);
        content.into(out);
        out.closeEntry(); // refuses what is not what was measured
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
