package org.everytake.bench.day;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtp.RtpPacket;

/**
 * A file of Janus's format, read to its last byte:
 *
 * <pre>
 *   "MJR00002"  length (2)  JSON
 *   "MEET"  milliseconds since the first packet (4)  length (2)  RTP packet    again and again
 * </pre>
 *
 * @param jumps how often a sequence number is not that of the packet before and one
 * @param seconds from the first packet's arrival to the last one's
 * @param worstMillis how far a packet's timestamp, by a clock of known rate, is from its arrival at most, both counted from
 *     the first packet on after a minute
 * @param sha256 of the file, lower-case hexadecimal
 */
record MjrFile(long packets, long jumps, double seconds, double worstMillis, String sha256) {
    private static final String MAGIC = "MJR00002";
    private static final String PACKET = "MEET";
    private static final int MASK = 0xFFFF;

    /** While the participants join, time runs with the machine's, and what it is too busy for comes late or is left out. */
    private static final long SETTLED_MILLIS = 60_000;

    /** Hears of each packet in turn; it is valid only meanwhile. */
    @FunctionalInterface
    interface Listener {
        /** @param settled whether time was stepped by now */
        void packet(RtpPacket packet, boolean settled);
    }

    /**
     * @param clockRate of the timestamps
     * @param skewPpm by how many millionths the sender's clock ran too fast
     */
    static MjrFile read(Path file, int clockRate, double skewPpm, Listener listener) throws IOException {
        try (InputStream bytes = Files.newInputStream(file);
                DigestInputStream digest = new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"));
                DataInputStream in = new DataInputStream(new BufferedInputStream(digest, 1 << 16))) {
            expect(in, MAGIC);
            in.skipNBytes(in.readUnsignedShort());
            Reading reading = new Reading(clockRate * (1 + skewPpm * 1e-6), listener);
            in.mark(1);
            while (in.read() >= 0) {
                in.reset();
                expect(in, PACKET);
                long millis = in.readInt() & 0xFFFF_FFFFL;
                reading.packet(millis, in.readNBytes(in.readUnsignedShort()));
                in.mark(1);
            }
            return new MjrFile(
                    reading.packets,
                    reading.jumps,
                    reading.millis / 1e3,
                    reading.worstMillis,
                    HexFormat.of().formatHex(digest.getMessageDigest().digest()));
        } catch (Malformed malformed) {
            throw new IOException(file + " holds something else than RTP: " + malformed.getMessage(), malformed);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK lacks SHA-256", e);
        }
    }

    private static void expect(DataInputStream in, String word) throws IOException {
        String found = new String(in.readNBytes(word.length()), StandardCharsets.US_ASCII);
        if (!found.equals(word)) {
            throw new IOException("\"" + word + "\" expected, found \"" + found + "\"");
        }
    }

    /** What was seen so far. */
    private static final class Reading {
        private final double ticksPerSecond;
        private final Listener listener;
        private final RtpPacket packet = new RtpPacket();
        private long packets;
        private long jumps;
        private int sequence;
        private long timestamp;
        private long millis;
        private long settledMillis = -1;
        /** Since then, beyond 32 bits. */
        private long ticks;

        private double worstMillis;

        Reading(double ticksPerSecond, Listener listener) {
            this.ticksPerSecond = ticksPerSecond;
            this.listener = listener;
        }

        void packet(long arrivalMillis, byte[] bytes) throws Malformed {
            packet.wrap(bytes, 0, bytes.length);
            boolean settled = arrivalMillis >= SETTLED_MILLIS;
            if (packets > 0) {
                jumps += packet.sequenceNumber() == (sequence + 1 & MASK) ? 0 : 1;
            }
            if (settled && settledMillis < 0) {
                settledMillis = arrivalMillis;
            } else if (settled) {
                ticks += (int) (packet.timestamp() - timestamp);
                double late = arrivalMillis - settledMillis - ticks / ticksPerSecond * 1e3;
                worstMillis = Math.max(worstMillis, Math.abs(late));
            }
            packets++;
            sequence = packet.sequenceNumber();
            timestamp = packet.timestamp();
            millis = arrivalMillis;
            listener.packet(packet, settled);
        }
    }
}
