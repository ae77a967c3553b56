package org.everytake.call.media;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.everytake.call.CallCounters;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.dtls.SrtpSession;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtcp.SenderReport;
import org.everytake.wire.rtcp.SourceDescription;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.rtp.RtpWriter;
import org.jspecify.annotations.Nullable;

/**
 * Sends a track to one subscriber under an SSRC, payload type and numbers of its own: they go on without a gap when the
 * publisher begins a new stream. Gaps that the network made stay, so that the subscriber sees and reports them. Owned
 * by the loop.
 *
 * <pre>
 *  out sequence  = in sequence  + sequenceShift    both change only
 *  out timestamp = in timestamp + timestampShift   with the stream
 * </pre>
 */
public final class Forwarder {
    /** Where packets and reports go: the subscriber's connection. */
    public interface Outlet {
        /** Encrypts in place and sends; room for {@link SrtpSession#OVERHEAD_BYTES} is behind the packet. */
        boolean sendRtp(byte[] buffer, int length);

        void sendRtcp(List<? extends RtcpPacket> packets);
    }

    /** What negotiation brought. {@code midExtension} is 0 if packets must not carry the MID. */
    public record Format(long ssrc, int payloadType, String mid, int midExtension, int clockRate, String cname) {}

    /** Of retransmissions in a tick: what an honest subscriber asks for is far below. */
    private static final int RETRANSMISSIONS_PER_TICK = 30;

    private static final int LARGEST_PACKET = 4_096;
    private static final int HEADER = RtpPacket.FIXED_HEADER_LENGTH;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Outlet outlet;
    private final CallCounters counters;
    private final Format format;
    private final byte[] header;
    private final byte[] out = new byte[LARGEST_PACKET + SrtpSession.OVERHEAD_BYTES];
    private @Nullable InboundStream current;
    private long firstSequence;
    private long sequenceShift;
    private long timestampShift;
    private long nextSequence;
    private long highestSequence = -1;
    private long lastTimestamp;
    private long lastArrivalNanos;
    private long packets;
    private long octets;
    private int retransmissionsLeft = RETRANSMISSIONS_PER_TICK;

    /**
     * @param firstSequenceNumber of the first packet, 0 to 32767
     */
    public Forwarder(Outlet outlet, CallCounters counters, Format format, int firstSequenceNumber) {
        this.outlet = outlet;
        this.counters = counters;
        this.format = format;
        this.header = header(format);
        // A cycle of room, as in what comes in: extended numbers of late packets stay positive.
        this.nextSequence = (1L << 16) + firstSequenceNumber;
    }

    public long ssrc() {
        return format.ssrc();
    }

    /** The header with the MID in a one-byte extension (RFC 8285), in which the rest is filled in for each packet. */
    private static byte[] header(Format format) {
        byte[] mid = format.mid().getBytes(StandardCharsets.UTF_8);
        boolean extended = format.midExtension() > 0 && mid.length >= 1 && mid.length <= 16;
        int words = extended ? (1 + mid.length + 3) / 4 : 0;
        byte[] header = new byte[extended ? HEADER + 4 + 4 * words : HEADER];
        header[0] = (byte) (extended ? 0x90 : 0x80);
        if (extended) {
            header[HEADER] = (byte) 0xBE;
            header[HEADER + 1] = (byte) 0xDE;
            header[HEADER + 3] = (byte) words;
            header[HEADER + 4] = (byte) (format.midExtension() << 4 | (mid.length - 1));
            System.arraycopy(mid, 0, header, HEADER + 5, mid.length);
        }
        RtpWriter.setPayloadType(header, 0, format.payloadType());
        RtpWriter.setSsrc(header, 0, format.ssrc());
        return header;
    }

    /** Nothing is allocated here. */
    void packet(InboundStream stream, RtpPacket packet, long extendedSequence, long arrivalNanos) {
        if (stream != current) {
            if (current != null && stream.stream().index() < current.stream().index()) {
                return; // what is left of a stream that has been followed by another
            }
            begin(stream, packet, extendedSequence, arrivalNanos);
        }
        if (extendedSequence < firstSequence) {
            return; // was sent before this subscriber came; its number may have been another's
        }
        if (send(packet, extendedSequence)) {
            counters.count(Counter.RTP_FORWARDED);
            packets++;
            octets += packet.payloadLength();
            SenderReport report = packets == 1 ? stream.lastReport() : null;
            if (report != null) {
                // Audio reports come seconds apart: without this one, lips and voice would first be out of time.
                senderReport(stream, report);
            }
        }
        long outSequence = extendedSequence + sequenceShift;
        if (outSequence > highestSequence) {
            highestSequence = outSequence;
            lastTimestamp = packet.timestamp() + timestampShift;
            lastArrivalNanos = arrivalNanos;
        }
    }

    private void begin(InboundStream stream, RtpPacket packet, long extendedSequence, long arrivalNanos) {
        stream.history();
        firstSequence = extendedSequence;
        if (current == null) {
            sequenceShift = nextSequence - extendedSequence;
            timestampShift = 0;
        } else {
            sequenceShift = highestSequence + 1 - extendedSequence;
            long elapsed = (arrivalNanos - lastArrivalNanos) * format.clockRate() / NANOS_PER_SECOND;
            timestampShift = lastTimestamp + Math.max(1, elapsed) - packet.timestamp();
        }
        current = stream;
    }

    private boolean send(RtpPacket packet, long extendedSequence) {
        int padding = packet.paddingLength();
        int body = packet.payloadLength() + padding;
        int length = header.length + body;
        if (length > LARGEST_PACKET) {
            return false;
        }
        System.arraycopy(header, 0, out, 0, header.length);
        System.arraycopy(packet.buffer(), packet.payloadOffset(), out, header.length, body);
        if (padding > 0) {
            out[0] |= 0x20;
        }
        RtpWriter.setMarker(out, 0, packet.marker());
        RtpWriter.setSequenceNumber(out, 0, extendedSequence + sequenceShift);
        RtpWriter.setTimestamp(out, 0, packet.timestamp() + timestampShift);
        return outlet.sendRtp(out, length);
    }

    /** The subscriber misses packets, by our numbers. */
    public void retransmit(List<Integer> sequenceNumbers) {
        InboundStream stream = current;
        if (stream == null || highestSequence < 0) {
            return;
        }
        for (int sequenceNumber : sequenceNumbers) {
            if (retransmissionsLeft == 0) {
                return;
            }
            long outSequence = highestSequence - (((int) highestSequence - sequenceNumber) & 0xFFFF);
            long inSequence = outSequence - sequenceShift;
            RtpPacket packet =
                    inSequence < firstSequence ? null : stream.history().find(inSequence);
            if (packet == null) {
                counters.count(Counter.RTP_RETRANSMISSION_GONE);
            } else if (send(packet, inSequence)) {
                // The same bytes under the same number, so the same cipher text.
                counters.count(Counter.RTP_RETRANSMITTED);
                retransmissionsLeft--;
            }
        }
    }

    public void tick() {
        retransmissionsLeft = RETRANSMISSIONS_PER_TICK;
    }

    /** Passes on how the publisher's clock and timestamps belong together, with our counts. */
    public void senderReport(InboundStream stream, SenderReport report) {
        if (stream != current || packets == 0) {
            return;
        }
        List<RtcpPacket> compound = new ArrayList<>(2);
        compound.add(new SenderReport(
                format.ssrc(),
                report.ntpTime(),
                (report.rtpTimestamp() + timestampShift) & 0xFFFFFFFFL,
                packets & 0xFFFFFFFFL,
                octets & 0xFFFFFFFFL,
                List.of()));
        compound.add(SourceDescription.cname(format.ssrc(), format.cname()));
        outlet.sendRtcp(compound);
    }
}
