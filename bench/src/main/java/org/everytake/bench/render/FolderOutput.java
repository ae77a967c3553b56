package org.everytake.bench.render;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.everytake.render.Output;
import org.everytake.render.Pieces;

/** A folder for pieces and file. The media is made up, so it need not be sealed. */
public record FolderOutput(Path folder, Path finished) implements Output, Pieces {

    @Override
    public Pieces pieces() {
        return this;
    }

    @Override
    public OutputStream file() throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(finished));
    }

    @Override
    public OutputStream create(String name) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(folder.resolve(name)));
    }

    @Override
    public InputStream open(String name) throws IOException {
        return new BufferedInputStream(Files.newInputStream(folder.resolve(name)));
    }
}
