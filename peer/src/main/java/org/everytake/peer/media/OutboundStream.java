package org.everytake.peer.media;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.everytake.wire.rtcp.ReportBlock;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtcp.SenderReport;
import org.everytake.wire.rtcp.SourceDescription;
import org.everytake.wire.rtp.HeaderExtension;
import org.everytake.wire.rtp.RtpHeader;
import org.everytake.wire.rtp.RtpWriter;

/**
 * One SSRC that is sent: numbers its packets, keeps them for retransmission, and reports. Owned by the connection's
 * loop; statistics may be read from any thread.
 */
final class OutboundStream {
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final int LARGEST_PACKET = 1500;

    /** Two seconds of 4 Mbit/s. */
    private static final int HISTORY = 1024;

    private final long ssrc;
    private final int payloadType;
    private final int clockRate;
    private final SenderClock clock;
    private final Sender sender;
    private final SenderLog log;
    private final long firstTimestamp;
    private final byte[] packet = new byte[LARGEST_PACKET];
    private final byte[][] history = new byte[HISTORY][];
    private List<HeaderExtension> extensions = List.of();
    private long sequence;

    private final AtomicLong packets = new AtomicLong();
    private final AtomicLong octets = new AtomicLong();
    private final AtomicLong retransmitted = new AtomicLong();
    private final AtomicLong gone = new AtomicLong();
    private final AtomicLong keyFrameRequests = new AtomicLong();
    private final AtomicLong reportedLost = new AtomicLong(-1);

    OutboundStream(
            long ssrc,
            int payloadType,
            int clockRate,
            SenderClock clock,
            RandomGenerator random,
            Sender sender,
            SenderLog log) {
        this.ssrc = ssrc;
        this.payloadType = payloadType;
        this.clockRate = clockRate;
        this.clock = clock;
        this.sender = sender;
        this.log = log;
        // Random, as RFC 3550 wants both; the sequence number soon wraps, so that every use of a peer tries that. The
        // extended number is the one that a receiver's SequenceExtender gives.
        this.sequence = 131_072 - random.nextInt(1, 512);
        this.firstTimestamp = random.nextInt() & 0xFFFFFFFFL;
    }

    long ssrc() {
        return ssrc;
    }

    /** In each packet from now on. */
    void extensions(List<HeaderExtension> negotiated) {
        extensions = List.copyOf(negotiated);
    }

    /** The RTP timestamp of a moment, by the sender's clock; exact to one tick. */
    long timestampAt(long nanoTime) {
        return firstTimestamp + clock.elapsedNanos(nanoTime) * (clockRate / 1000) / NANOS_PER_MILLI;
    }

    /**
     * Sends one packet.
     *
     * @param timestamp of which the low 32 bits are sent
     */
    void send(byte[] payload, boolean marker, long timestamp, long nowNanos) {
        RtpHeader header = new RtpHeader(payloadType, marker, sequence, timestamp, ssrc);
        int length = RtpWriter.write(packet, 0, header, extensions, payload, 0, payload.length);
        byte[] kept = Arrays.copyOf(packet, length);
        history[(int) (sequence % HISTORY)] = kept;
        sender.rtp(packet, length);
        log.add(ssrc, sequence, timestamp & 0xFFFFFFFFL, nowNanos);
        sequence++;
        packets.incrementAndGet();
        octets.addAndGet(payload.length);
    }

    /** Sends again what is asked for, as far as it is there. */
    void retransmit(List<Integer> lost) {
        for (int low : lost) {
            // The newest packet with this number.
            long wanted = sequence - 1 - ((sequence - 1 - low) & 0xFFFF);
            byte[] kept = wanted >= 0 && sequence - wanted <= HISTORY ? history[(int) (wanted % HISTORY)] : null;
            if (kept == null) {
                gone.incrementAndGet();
            } else {
                sender.rtp(kept, kept.length);
                retransmitted.incrementAndGet();
            }
        }
    }

    private SenderReport report(long nowNanos) {
        return new SenderReport(
                ssrc,
                clock.ntp(nowNanos),
                timestampAt(nowNanos) & 0xFFFFFFFFL,
                packets.get() & 0xFFFFFFFFL,
                octets.get() & 0xFFFFFFFFL,
                List.of());
    }

    void keyFrameRequested() {
        keyFrameRequests.incrementAndGet();
    }

    void reported(ReportBlock block) {
        reportedLost.set(block.cumulativeLost());
    }

    SentStatistics statistics() {
        return new SentStatistics(
                ssrc,
                packets.get(),
                octets.get(),
                retransmitted.get(),
                gone.get(),
                keyFrameRequests.get(),
                reportedLost.get());
    }

    /** A report and, to tie it to the others of the same sender, the name, as one compound packet. */
    List<RtcpPacket> compound(String cname, long nowNanos) {
        return List.of(report(nowNanos), SourceDescription.cname(ssrc, cname));
    }
}
