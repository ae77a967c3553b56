package org.everytake.wire.rtcp;

import java.util.Arrays;
import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.ByteWriter;

/**
 * When each packet of a transport arrived, whatever its stream, by transport-wide sequence number
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01, section 3.1). Immutable.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P| FMT=15  |  PT=RTPFB=205 |             length            |
 * |                  SSRC of who sends this                       |
 * |                  SSRC of one of the streams                   |
 * |      base sequence number     |      packet status count      |
 * |  reference time, signed, in units of 64 ms    | feedback count|
 * |   chunk, as many as the status count needs; then the deltas,  |
 * |   one or two bytes for each received packet; zeros to a word  |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *
 *  chunk      |0| S |     run length      |   so many packets of the status S
 *             |1|0|  14 statuses, 1 bit   |   not received, received with a small delta
 *             |1|1|   7 statuses, 2 bits  |
 *  status     0 not received   1 small delta: 0 to 255   2 large delta: signed, 16 bits   3 reserved
 * </pre>
 */
public final class TransportFeedback implements RtcpPacket {
    public static final int PACKET_TYPE = TransportLayerNack.PACKET_TYPE;
    public static final int FORMAT = 15;

    /** A unit of {@link #deltaTicks}. */
    public static final long TICK_NANOS = 250_000;

    /** A unit of {@link #referenceTime}. */
    public static final long REFERENCE_NANOS = 64_000_000;

    /** More packets than a transport carries between two reports; a run says as many in two bytes. */
    public static final int MOST_PACKETS = 8192;

    /** In place of a delta. */
    public static final int NOT_RECEIVED = Integer.MIN_VALUE;

    private static final String WHAT = "transport feedback";
    private static final int MISSING = 0;
    private static final int SMALL = 1;
    private static final int LARGE = 2;
    private static final int LONGEST_RUN = 0x1FFF;
    private static final int ONE_BIT_STATUSES = 14;
    private static final int TWO_BIT_STATUSES = 7;

    private final long senderSsrc;
    private final long mediaSsrc;
    private final int baseSequenceNumber;
    private final int referenceTime;
    private final int feedbackPacketCount;
    private final int[] deltas;

    private TransportFeedback(
            long senderSsrc,
            long mediaSsrc,
            int baseSequenceNumber,
            int referenceTime,
            int feedbackPacketCount,
            int[] deltas) {
        this.senderSsrc = senderSsrc;
        this.mediaSsrc = mediaSsrc;
        this.baseSequenceNumber = baseSequenceNumber & 0xFFFF;
        this.referenceTime = referenceTime << 8 >> 8;
        this.feedbackPacketCount = feedbackPacketCount & 0xFF;
        this.deltas = deltas;
    }

    /**
     * @param baseSequenceNumber of the first packet; the low 16 bits count
     * @param referenceTime in units of {@link #REFERENCE_NANOS}; the low 24 bits count
     * @param feedbackPacketCount the number of this feedback; the low 8 bits count
     * @param deltas of each packet, in units of {@link #TICK_NANOS} and -32768 to 32767, or {@link #NOT_RECEIVED};
     *     copied
     * @param packetCount how many of them to take, 1 to {@link #MOST_PACKETS}
     */
    public static TransportFeedback of(
            long senderSsrc,
            long mediaSsrc,
            int baseSequenceNumber,
            int referenceTime,
            int feedbackPacketCount,
            int[] deltas,
            int packetCount) {
        if (packetCount < 1 || packetCount > MOST_PACKETS) {
            throw new IllegalArgumentException(packetCount + " packets, 1 to " + MOST_PACKETS);
        }
        int[] copy = Arrays.copyOf(deltas, packetCount);
        for (int delta : copy) {
            if (delta != NOT_RECEIVED && delta != (short) delta) {
                throw new IllegalArgumentException("delta of " + delta);
            }
        }
        return new TransportFeedback(
                senderSsrc, mediaSsrc, baseSequenceNumber, referenceTime, feedbackPacketCount, copy);
    }

    static TransportFeedback parse(RtcpPackets.Body body) throws Malformed {
        long senderSsrc = body.u32(WHAT);
        long mediaSsrc = body.u32(WHAT);
        int base = body.u16(WHAT);
        int count = body.u16(WHAT);
        if (count == 0 || count > MOST_PACKETS) {
            throw new Malformed(WHAT, 14, "tells of " + count + " packets");
        }
        int reference = body.u24(WHAT);
        int number = body.u8(WHAT);
        int[] deltas = new int[count];
        readStatuses(body, deltas);
        for (int i = 0; i < count; i++) {
            deltas[i] = switch (deltas[i]) {
                case MISSING -> NOT_RECEIVED;
                case SMALL -> body.u8(WHAT);
                case LARGE -> (short) body.u16(WHAT);
                default -> throw new Malformed(WHAT, 20, "a status is the reserved one");
            };
        }
        return new TransportFeedback(senderSsrc, mediaSsrc, base, reference, number, deltas);
    }

    /** What the last chunk says beyond the last packet means nothing. */
    private static void readStatuses(RtcpPackets.Body body, int[] statuses) throws Malformed {
        int at = 0;
        while (at < statuses.length) {
            int chunk = body.u16(WHAT);
            if ((chunk & 0x8000) == 0) {
                int end = Math.min(statuses.length, at + (chunk & LONGEST_RUN));
                Arrays.fill(statuses, at, end, chunk >>> 13);
                at = end;
            } else {
                int bits = (chunk & 0x4000) == 0 ? 1 : 2;
                for (int shift = 14 - bits; shift >= 0 && at < statuses.length; shift -= bits) {
                    statuses[at++] = chunk >>> shift & (1 << bits) - 1;
                }
            }
        }
    }

    public long senderSsrc() {
        return senderSsrc;
    }

    public long mediaSsrc() {
        return mediaSsrc;
    }

    /** 0 to 65535. */
    public int baseSequenceNumber() {
        return baseSequenceNumber;
    }

    /** -2^23 to 2^23-1, in units of {@link #REFERENCE_NANOS}, by a clock of the receiver that wraps. */
    public int referenceTime() {
        return referenceTime;
    }

    /** 0 to 255. */
    public int feedbackPacketCount() {
        return feedbackPacketCount;
    }

    public int packetCount() {
        return deltas.length;
    }

    /** Of the packet with the number {@link #baseSequenceNumber} plus {@code i}. */
    public boolean received(int i) {
        return deltas[i] != NOT_RECEIVED;
    }

    /**
     * How much later than the received packet before it, or for the first one than the reference time, a packet arrived;
     * signed, in units of {@link #TICK_NANOS}. {@link #NOT_RECEIVED} if it did not.
     */
    public int deltaTicks(int i) {
        return deltas[i];
    }

    @Override
    public int packetType() {
        return PACKET_TYPE;
    }

    @Override
    public int countOrFormat() {
        return FORMAT;
    }

    @Override
    public void writeBody(ByteWriter out) {
        out.u32(senderSsrc).u32(mediaSsrc).u16(baseSequenceNumber).u16(deltas.length);
        out.u24(referenceTime).u8(feedbackPacketCount);
        for (int at = 0; at < deltas.length; ) {
            at += writeChunk(out, at);
        }
        for (int delta : deltas) {
            switch (status(delta)) {
                case SMALL -> out.u8(delta);
                case LARGE -> out.u16(delta);
                default -> {
                    // Has no delta.
                }
            }
        }
        out.align4();
    }

    /** Writes the chunk that says the most and returns of how many packets. */
    private int writeChunk(ByteWriter out, int at) {
        int left = deltas.length - at;
        int first = status(deltas[at]);
        int run = 1;
        while (run < left && run < LONGEST_RUN && status(deltas[at + run]) == first) {
            run++;
        }
        int bits = hasLarge(at, Math.min(left, ONE_BIT_STATUSES)) ? 2 : 1;
        int vector = Math.min(left, bits == 1 ? ONE_BIT_STATUSES : TWO_BIT_STATUSES);
        if (run >= vector) {
            out.u16(first << 13 | run);
            return run;
        }
        int chunk = bits == 1 ? 0x8000 : 0xC000;
        for (int i = 0; i < vector; i++) {
            chunk |= status(deltas[at + i]) << 14 - bits * (i + 1);
        }
        out.u16(chunk);
        return vector;
    }

    private boolean hasLarge(int at, int count) {
        for (int i = at; i < at + count; i++) {
            if (status(deltas[i]) == LARGE) {
                return true;
            }
        }
        return false;
    }

    private static int status(int delta) {
        if (delta == NOT_RECEIVED) {
            return MISSING;
        }
        return delta >= 0 && delta <= 0xFF ? SMALL : LARGE;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TransportFeedback that
                && senderSsrc == that.senderSsrc
                && mediaSsrc == that.mediaSsrc
                && baseSequenceNumber == that.baseSequenceNumber
                && referenceTime == that.referenceTime
                && feedbackPacketCount == that.feedbackPacketCount
                && Arrays.equals(deltas, that.deltas);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * baseSequenceNumber + referenceTime) + Arrays.hashCode(deltas);
    }

    @Override
    public String toString() {
        return "TransportFeedback[" + senderSsrc + " on " + mediaSsrc + ", from " + baseSequenceNumber + ", at "
                + referenceTime + ", number " + feedbackPacketCount + ", " + Arrays.toString(deltas) + "]";
    }
}
