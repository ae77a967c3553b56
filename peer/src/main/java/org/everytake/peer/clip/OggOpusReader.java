package org.everytake.peer.clip;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.everytake.wire.Malformed;
import org.everytake.wire.opus.OpusPacket;

/**
 * Reads Opus packets from Ogg (RFC 3533, RFC 7845). A page, little-endian:
 *
 * <pre>
 *  "OggS" | version (1) | flags (1) | granule position (8) | serial (4) | page number (4) | checksum (4)
 *  | segments (1) | length of each segment (1 each) | data
 * </pre>
 *
 * <p>A packet ends with the first segment shorter than 255 bytes. The first packet is "OpusHead", the second "OpusTags".
 */
final class OggOpusReader {
    private static final int PAGE_HEADER = 27;

    private OggOpusReader() {}

    /**
     * Packets with the times of what went into the encoder, as a browser stamps them. What comes out of a decoder is later
     * by the encoder's look-ahead, the pre-skip of the head.
     */
    static List<Clip.Unit> read(byte[] file) throws Malformed {
        List<byte[]> packets = packets(file);
        if (packets.size() < 3 || !startsWith(packets.get(0), "OpusHead") || packets.get(0).length < 19) {
            throw new Malformed("Ogg", 0, "no Opus in Ogg");
        }
        List<Clip.Unit> units = new ArrayList<>();
        long ticks = 0;
        for (byte[] packet : packets.subList(2, packets.size())) {
            units.add(new Clip.Unit(ticks, packet, true));
            ticks += OpusPacket.parse(packet, 0, packet.length).durationSamples();
        }
        return units;
    }

    static long durationTicks(List<Clip.Unit> units) throws Malformed {
        Clip.Unit last = units.getLast();
        return last.ticks()
                + OpusPacket.parse(last.bytes(), 0, last.bytes().length).durationSamples();
    }

    private static List<byte[]> packets(byte[] file) throws Malformed {
        List<byte[]> packets = new ArrayList<>();
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        int at = 0;
        while (at < file.length) {
            if (file.length - at < PAGE_HEADER || file[at] != 'O' || file[at + 1] != 'g') {
                throw new Malformed("Ogg", at, "no page");
            }
            int segments = file[at + 26] & 0xFF;
            int data = at + PAGE_HEADER + segments;
            if (data > file.length) {
                throw new Malformed("Ogg", at, "page is cut off");
            }
            for (int i = 0; i < segments; i++) {
                int length = file[at + PAGE_HEADER + i] & 0xFF;
                if (length > file.length - data) {
                    throw new Malformed("Ogg", data, "segment runs over the end");
                }
                packet.write(file, data, length);
                data += length;
                if (length < 255) {
                    packets.add(packet.toByteArray());
                    packet.reset();
                }
            }
            at = data;
        }
        return packets;
    }

    private static boolean startsWith(byte[] packet, String word) {
        byte[] expected = word.getBytes(StandardCharsets.US_ASCII);
        return packet.length >= expected.length
                && Arrays.equals(packet, 0, expected.length, expected, 0, expected.length);
    }
}
