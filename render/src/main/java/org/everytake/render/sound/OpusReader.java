package org.everytake.render.sound;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.everytake.render.ogg.OggReader;
import org.everytake.wire.Malformed;
import org.everytake.wire.opus.OpusPacket;
import org.jspecify.annotations.Nullable;

/**
 * Reads the packets of an encoder, which come in Ogg (RFC 7845: a head, a comment, then the packets): they go on to a
 * piece, back to back, and their sizes stay here.
 */
final class OpusReader {
    private static final int HEAD_BYTES = 19;

    private final OutputStream piece;
    private @Nullable OpusPackets packets;
    private boolean commented;

    private OpusReader(OutputStream piece) {
        this.piece = piece;
    }

    /** Reads to the end of the stream. */
    static OpusPackets read(InputStream ogg, OutputStream piece) throws IOException {
        OpusReader reader = new OpusReader(piece);
        OggReader.read(ogg, reader::packet);
        if (reader.packets == null) {
            throw new EOFException("No Opus from FFmpeg");
        }
        return reader.packets;
    }

    private void packet(byte[] packet) throws IOException {
        OpusPackets open = packets;
        if (open == null) {
            if (packet.length < HEAD_BYTES) {
                throw new IOException("No head of Opus from FFmpeg");
            }
            packets = new OpusPackets(packet);
        } else if (!commented) {
            commented = true;
        } else {
            try {
                open.add(
                        packet.length,
                        OpusPacket.parse(packet, 0, packet.length).durationSamples());
                piece.write(packet);
            } catch (Malformed e) {
                throw new IOException("FFmpeg wrote no Opus: " + e.getMessage(), e);
            }
        }
    }
}
