package org.everytake.render.material;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.everytake.render.Renderer;
import org.everytake.render.live.PieceSink;

/** Pieces in memory. */
public class KeptPieces implements PieceSink, Renderer.FilmPieces {
    public final List<byte[]> pieces = new ArrayList<>();
    public final List<Long> durations = new ArrayList<>();
    private byte[] beginning = new byte[0];

    @Override
    public void beginning(byte[] bytes) throws IOException {
        if (beginning.length > 0 && !Arrays.equals(beginning, bytes)) {
            throw new IOException("Another beginning");
        }
        beginning = bytes;
    }

    @Override
    public void piece(int number, long durationNanos, byte[] bytes) throws IOException {
        if (number != pieces.size()) {
            throw new IOException("Piece " + number + " after " + pieces.size());
        }
        pieces.add(bytes);
        durations.add(durationNanos);
    }

    @Override
    public byte[] beginning() {
        return beginning;
    }

    @Override
    public byte[] piece(int number) {
        return pieces.get(number);
    }

    /** All of them in a file behind each other, as a player gets them. */
    public Path stream(Path file) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(beginning);
        for (byte[] piece : pieces) {
            all.write(piece);
        }
        return Files.write(file, all.toByteArray());
    }
}
