package org.everytake.render.raw;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/** What kind of archive it is. Neither packs media any smaller, since that cannot be done and takes long. */
public enum RawFormat {
    TAR_GZ("tar.gz", "application/gzip") {
        @Override
        ArchiveWriter writer(OutputStream out, Instant modified) throws IOException {
            return new TarWriter(new StoredGzip(out), modified);
        }
    },
    ZIP("zip", "application/zip") {
        @Override
        ArchiveWriter writer(OutputStream out, Instant modified) {
            return new ZipWriter(out, modified);
        }
    };

    private final String extension;
    private final String contentType;

    RawFormat(String extension, String contentType) {
        this.extension = extension;
        this.contentType = contentType;
    }

    /** Of the archive's name, without the dot before it. */
    public String extension() {
        return extension;
    }

    public String contentType() {
        return contentType;
    }

    /** The format of a content type; there is no other. */
    public static RawFormat of(String contentType) {
        for (RawFormat format : values()) {
            if (format.contentType.equals(contentType)) {
                return format;
            }
        }
        throw new IllegalArgumentException("no archive is " + contentType);
    }

    /** @param modified the age of what is in the archive */
    abstract ArchiveWriter writer(OutputStream out, Instant modified) throws IOException;
}
