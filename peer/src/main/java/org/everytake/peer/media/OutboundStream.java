package org.everytake.peer.media;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.everytake.wire.rtcp.ReportBlock;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtcp.SenderReport;
import org.everytake.wire.rtcp.SourceDescription;
import org.everytake.wire.rtp.AbsoluteSendTime;
import org.everytake.wire.rtp.HeaderExtension;
import org.everytake.wire.rtp.Retransmission;
import org.everytake.wire.rtp.RtpHeader;
import org.everytake.wire.rtp.RtpWriter;
import org.everytake.wire.rtp.TransportSequence;
import org.jspecify.annotations.Nullable;

/**
 * One SSRC that is sent, and that of its retransmissions: numbers its packets, keeps them to be sent again, and reports.
 * Owned by the connection's loop; statistics may be read from any thread.
 */
final class OutboundStream {
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final int LARGEST_PACKET = 1500;

    /** Two seconds of 4 Mbit/s. */
    private static final int HISTORY = 1024;

    /** A packet that was sent, but for what differs when it is sent again. */
    private record Kept(RtpHeader header, @Nullable HeaderExtension extension, byte[] payload) {}

    private final StreamIdentity identity;
    private final int clockRate;
    private final SenderClock clock;
    private final OutboundTransport transport;
    private final @Nullable SenderLog log;
    private final long firstTimestamp;
    private final byte[] packet = new byte[LARGEST_PACKET];
    private final @Nullable Kept[] history = new Kept[HISTORY];
    private ExtensionIds extensionIds = ExtensionIds.NONE;
    private int retransmissionPayloadType = -1;
    private long sequence;
    private long retransmissionSequence;

    private final AtomicLong packets = new AtomicLong();
    private final AtomicLong octets = new AtomicLong();
    private final AtomicLong retransmitted = new AtomicLong();
    private final AtomicLong gone = new AtomicLong();
    private final AtomicLong keyFrameRequests = new AtomicLong();
    private final AtomicLong reportedLost = new AtomicLong(-1);

    /**
     * @param log null to keep none
     */
    OutboundStream(
            StreamIdentity identity,
            int clockRate,
            SenderClock clock,
            RandomGenerator random,
            OutboundTransport transport,
            @Nullable SenderLog log) {
        this.identity = identity;
        this.clockRate = clockRate;
        this.clock = clock;
        this.transport = transport;
        this.log = log;
        // Random, as RFC 3550 wants both; the sequence number soon wraps, so that every use of a peer tries that. The
        // extended number is the one that a receiver's SequenceExtender gives.
        this.sequence = 131_072 - random.nextInt(1, 512);
        this.retransmissionSequence = 65_536 - random.nextInt(1, 64);
        this.firstTimestamp = random.nextInt() & 0xFFFFFFFFL;
    }

    StreamIdentity identity() {
        return identity;
    }

    /** For each packet from now on. */
    void agreed(Agreed agreed) {
        extensionIds = agreed.extensions();
        retransmissionPayloadType = agreed.retransmissionPayloadType();
    }

    ExtensionIds extensionIds() {
        return extensionIds;
    }

    /** The RTP timestamp of a moment, by the sender's clock; exact to one tick. */
    long timestampAt(long nanoTime) {
        return firstTimestamp + clock.elapsedNanos(nanoTime) * (clockRate / 1000) / NANOS_PER_MILLI;
    }

    /**
     * Sends one packet.
     *
     * @param timestamp of which the low 32 bits are sent
     * @param extension one of the medium, besides those that all streams have
     */
    void send(
            int payloadType,
            byte[] payload,
            boolean marker,
            long timestamp,
            @Nullable HeaderExtension extension,
            long nowNanos) {
        Kept kept =
                new Kept(new RtpHeader(payloadType, marker, sequence, timestamp, identity.ssrc()), extension, payload);
        history[(int) (sequence % HISTORY)] = kept;
        if (log != null) {
            log.add(identity.ssrc(), sequence, timestamp & 0xFFFFFFFFL, nowNanos);
        }
        sequence++;
        packets.incrementAndGet();
        octets.addAndGet(payload.length);
        write(kept, nowNanos);
    }

    /** Sends again what is asked for, as far as it is there. */
    void retransmit(List<Integer> lost, long nowNanos) {
        for (int low : lost) {
            // The newest packet with this number.
            long wanted = sequence - 1 - ((sequence - 1 - low) & 0xFFFF);
            Kept kept = wanted >= 0 && sequence - wanted <= HISTORY ? history[(int) (wanted % HISTORY)] : null;
            if (kept == null) {
                gone.incrementAndGet();
                continue;
            }
            retransmitted.incrementAndGet();
            if (retransmissionPayloadType < 0) {
                write(kept, nowNanos);
            } else {
                writeRetransmission(kept, nowNanos);
            }
        }
    }

    private void write(Kept kept, long nowNanos) {
        byte[] payload = kept.payload;
        transport
                .sender()
                .rtp(
                        packet,
                        RtpWriter.write(
                                packet,
                                0,
                                kept.header,
                                extensions(kept, extensionIds.rid(), nowNanos),
                                payload,
                                0,
                                payload.length));
    }

    private void writeRetransmission(Kept kept, long nowNanos) {
        RtpHeader header = new RtpHeader(
                retransmissionPayloadType,
                kept.header.marker(),
                retransmissionSequence++,
                kept.header.timestamp(),
                identity.retransmissionSsrc());
        List<HeaderExtension> extensions = extensions(kept, extensionIds.repairedRid(), nowNanos);
        int at = RtpWriter.writeHeader(packet, 0, header, extensions);
        Retransmission.writeHeader(packet, at, kept.header.sequenceNumber());
        at += Retransmission.HEADER_LENGTH;
        System.arraycopy(kept.payload, 0, packet, at, kept.payload.length);
        transport.sender().rtp(packet, at + kept.payload.length);
    }

    private List<HeaderExtension> extensions(Kept kept, int ridId, long nowNanos) {
        List<HeaderExtension> extensions = new ArrayList<>(5);
        if (extensionIds.mid() >= 0) {
            extensions.add(HeaderExtension.text(extensionIds.mid(), identity.mid()));
        }
        if (ridId >= 0 && !identity.rid().isEmpty()) {
            extensions.add(HeaderExtension.text(ridId, identity.rid()));
        }
        if (extensionIds.transportSequence() >= 0) {
            extensions.add(TransportSequence.extension(extensionIds.transportSequence(), transport.nextSequence()));
        }
        if (extensionIds.absoluteSendTime() >= 0) {
            long own = clock.elapsedNanos(nowNanos);
            extensions.add(AbsoluteSendTime.extension(extensionIds.absoluteSendTime(), own));
        }
        if (kept.extension != null) {
            extensions.add(kept.extension);
        }
        return extensions;
    }

    private SenderReport report(long nowNanos) {
        return new SenderReport(
                identity.ssrc(),
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
                identity.ssrc(),
                identity.rid(),
                packets.get(),
                octets.get(),
                retransmitted.get(),
                gone.get(),
                keyFrameRequests.get(),
                reportedLost.get());
    }

    /** A report and, to tie it to the others of the same sender, the name, as one compound packet. */
    List<RtcpPacket> compound(String cname, long nowNanos) {
        return List.of(report(nowNanos), SourceDescription.cname(identity.ssrc(), cname));
    }
}
