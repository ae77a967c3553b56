package org.everytake.render.flac;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.everytake.render.ogg.OggReader;

/**
 * Reads the frames of an encoder, which come in Ogg because that says where each ends and how many samples there are
 * ("Ogg encapsulation for FLAC"), and passes them on to a piece.
 *
 * <pre>
 *  first packet: 0 0x7F "FLAC" | 5 version | 7 how many packets of metadata follow | 9 "fLaC" | 13 head of a block |
 *  17 stream information, 34 bytes
 * </pre>
 */
public final class FlacReader {
    private static final int FOLLOWING = 7;
    private static final int STREAM_INFO = 17;
    private static final int STREAM_INFO_BYTES = 34;

    private byte[] streamInfo = {};
    private int headers;
    private int smallest = Integer.MAX_VALUE;
    private int largest;
    private long bytes;

    private FlacReader() {}

    /** Reads to the end of the stream. */
    public static FlacFrames read(InputStream ogg, OutputStream piece) throws IOException {
        FlacReader reader = new FlacReader();
        long samples = OggReader.read(ogg, packet -> reader.packet(packet, piece));
        if (reader.streamInfo.length < STREAM_INFO_BYTES) {
            throw new EOFException("No FLAC from FFmpeg");
        }
        int smallest = Math.min(reader.smallest, reader.largest);
        return new FlacFrames(reader.streamInfo, samples, smallest, reader.largest, reader.bytes);
    }

    private void packet(byte[] packet, OutputStream piece) throws IOException {
        if (streamInfo.length == 0) {
            if (packet.length < STREAM_INFO + STREAM_INFO_BYTES) {
                throw new IOException("No stream information from FFmpeg");
            }
            streamInfo = Arrays.copyOfRange(packet, STREAM_INFO, STREAM_INFO + STREAM_INFO_BYTES);
            headers = (packet[FOLLOWING] & 0xFF) << 8 | packet[FOLLOWING + 1] & 0xFF;
        } else if (headers > 0) {
            headers--;
        } else {
            piece.write(packet);
            smallest = Math.min(smallest, packet.length);
            largest = Math.max(largest, packet.length);
            bytes += packet.length;
        }
    }
}
