package org.everytake.studio.produce;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.everytake.render.Pieces;
import org.everytake.vault.Scratch;

/** The intermediate media of one render, in sealed files of the scratch folder that are gone when this is closed. */
final class ScratchPieces implements Pieces, AutoCloseable {
    private final Scratch scratch;
    private final String prefix;
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    /** @param render differs from that of every other render under way */
    ScratchPieces(Scratch scratch, UUID render) {
        this.scratch = scratch;
        this.prefix = render + "-";
    }

    @Override
    public OutputStream create(String name) throws IOException {
        names.add(prefix + name);
        return scratch.create(prefix + name);
    }

    @Override
    public InputStream open(String name) throws IOException {
        return Channels.newInputStream(scratch.open(prefix + name));
    }

    @Override
    public void close() throws IOException {
        for (String name : names) {
            scratch.delete(name);
        }
    }
}
