package org.everytake.render.ogg;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Takes the packets of the one stream in an Ogg file (RFC 3533) out of their pages.
 *
 * <pre>
 *  0 "OggS" | 4 version: 0 | 5 flags | 6 position, 8 bytes | 14 stream | 18 number of the page | 22 checksum
 * 26 how many pieces | 27 their lengths, a byte each; 255: the packet goes on in the next | the pieces
 * </pre>
 */
public final class OggReader {
    private static final int PAGE_HEAD = 27;
    private static final int POSITION = 6;
    private static final int GOES_ON = 255;

    private OggReader() {}

    /** Hears each packet. */
    @FunctionalInterface
    public interface Packets {
        void packet(byte[] packet) throws IOException;
    }

    /** Reads to the end of the stream, and gives its position there, which mostly counts samples. */
    public static long read(InputStream ogg, Packets packets) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(ogg, 1 << 14));
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        long position = 0;
        for (byte[] head = in.readNBytes(PAGE_HEAD); head.length > 0; head = in.readNBytes(PAGE_HEAD)) {
            if (head.length < PAGE_HEAD || head[0] != 'O' || head[1] != 'g' || head[2] != 'g' || head[3] != 'S') {
                throw new IOException("Not a page of Ogg");
            }
            position = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong(POSITION);
            byte[] lengths = new byte[head[PAGE_HEAD - 1] & 0xFF];
            in.readFully(lengths);
            for (byte length : lengths) {
                byte[] bytes = new byte[length & 0xFF];
                in.readFully(bytes);
                packet.writeBytes(bytes);
                if (bytes.length < GOES_ON) {
                    packets.packet(packet.toByteArray());
                    packet.reset();
                }
            }
        }
        return position;
    }
}
