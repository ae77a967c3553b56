package org.everytake.studio.delivery;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import org.everytake.studio.http.Content;
import org.everytake.vault.Sealing;
import org.everytake.vault.Vault;

/** The bytes of a rendition, opened out of the vault as far as they are asked for. */
record RenditionContent(Vault vault, String object, Sealing sealing, long sizeBytes, String contentType, String tag)
        implements Content {
    private static final int BUFFER_BYTES = 256 * 1024;

    @Override
    public InputStream open(long offset, long lengthBytes) throws IOException {
        SeekableByteChannel channel = vault.open(object, sealing);
        try {
            channel.position(offset);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        int buffer = (int) Math.min(BUFFER_BYTES, Math.max(1, lengthBytes));
        return new BufferedInputStream(Channels.newInputStream(channel), buffer);
    }
}
