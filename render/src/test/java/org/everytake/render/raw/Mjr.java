package org.everytake.render.raw;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A recording of Janus's, read to its last byte. */
record Mjr(JsonNode head, List<Packet> packets) {
    /** A packet and when it came, in milliseconds since the first. */
    record Packet(long millis, ByteBuffer bytes) {
        int sequence() {
            return bytes.getShort(2) & 0xFFFF;
        }

        long timestamp() {
            return bytes.getInt(4) & 0xFFFF_FFFFL;
        }

        int payloadType() {
            return bytes.get(1) & 0x7F;
        }
    }

    static Mjr read(byte[] file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(file);
        assertThat(text(in, 8)).isEqualTo("MJR00002");
        JsonNode head = new ObjectMapper().readTree(text(in, in.getShort() & 0xFFFF));
        List<Packet> packets = new ArrayList<>();
        while (in.hasRemaining()) {
            assertThat(text(in, 4)).isEqualTo("MEET");
            long millis = in.getInt() & 0xFFFF_FFFFL;
            byte[] packet = new byte[in.getShort() & 0xFFFF];
            in.get(packet);
            packets.add(new Packet(millis, ByteBuffer.wrap(packet)));
        }
        return new Mjr(head, packets);
    }

    private static String text(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
