package org.everytake.render.material;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.everytake.render.Output;
import org.everytake.render.Pieces;

/** Pieces in memory, the finished file where the test wants to look at it. */
public class MemoryOutput implements Output, Pieces {
    private final Map<String, ByteArrayOutputStream> pieces = new ConcurrentHashMap<>();
    private final Path file;

    public MemoryOutput(Path file) {
        this.file = file;
    }

    @Override
    public Pieces pieces() {
        return this;
    }

    @Override
    public OutputStream file() throws IOException {
        return Files.newOutputStream(file);
    }

    @Override
    public OutputStream create(String name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        pieces.put(name, out);
        return out;
    }

    @Override
    public InputStream open(String name) throws IOException {
        ByteArrayOutputStream piece = pieces.get(name);
        if (piece == null) {
            throw new FileNotFoundException(name);
        }
        return new ByteArrayInputStream(piece.toByteArray());
    }
}
