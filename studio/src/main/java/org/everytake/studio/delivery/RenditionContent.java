package org.everytake.studio.delivery;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.UUID;
import org.everytake.studio.http.Content;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.storage.Vaults;
import org.everytake.vault.Sealing;
import org.everytake.vault.StoreFault;

/** The bytes of a rendition, opened out of the vault as far as they are asked for. */
record RenditionContent(
        Vaults vaults, UUID recording, String object, Sealing sealing, long sizeBytes, String contentType, String tag)
        implements Content {
    private static final int BUFFER_BYTES = 256 * 1024;

    @Override
    public InputStream open(long offset, long lengthBytes) throws IOException {
        SeekableByteChannel channel;
        try {
            channel = vaults.of(recording).open(object, sealing);
        } catch (StoreFault e) {
            throw new Refused(ErrorId.STORE_AWAY, String.valueOf(e.getMessage()));
        }
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
