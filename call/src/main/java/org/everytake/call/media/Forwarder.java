package org.everytake.call.media;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.everytake.call.CallCounters;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.dtls.SrtpSession;
import org.everytake.call.sdp.SubscribeOffer;
import org.everytake.call.sdp.SupportedCodec;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtcp.SenderReport;
import org.everytake.wire.rtcp.SourceDescription;
import org.everytake.wire.rtp.RedundantAudio;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.rtp.RtpWriter;
import org.jspecify.annotations.Nullable;

/**
 * Sends one source to one subscriber under an SSRC, payload types and numbers of its own, which go on without a gap when
 * it changes to another layer or stream, or has paused. Gaps that the network made stay, so that the subscriber sees and
 * reports them. Owned by the loop.
 *
 * <pre>
 *  out sequence  = in sequence  + sequenceShift    both change only
 *  out timestamp = in timestamp + timestampShift   with the run
 * </pre>
 */
public final class Forwarder {
    /** Where packets and reports go: the subscriber's connection. */
    public interface Outlet {
        /**
         * Counts a packet over all streams of the connection (transport-wide congestion control).
         *
         * @return its number, of 16 bits
         */
        int count(int bytes);

        /** Encrypts in place and sends; room for {@link SrtpSession#OVERHEAD_BYTES} is behind the packet. */
        boolean sendRtp(byte[] buffer, int length);

        void sendRtcp(List<? extends RtcpPacket> packets);
    }

    /**
     * What negotiation brought.
     *
     * @param codecs that the subscriber takes
     * @param extensions ids of {@link SubscribeOffer} that packets may carry
     * @param repair whether what is sent again is a stream of its own (RFC 4588). If not, it is the same bytes once more,
     *     and so carries no number that counts packets: the cipher must never see two packets of one number
     */
    public record Format(
            long ssrc,
            long retransmissionSsrc,
            String mid,
            String cname,
            Set<SupportedCodec> codecs,
            Set<Integer> extensions,
            boolean repair) {
        public Format {
            codecs = Set.copyOf(codecs);
            extensions = Set.copyOf(extensions);
        }
    }

    /** What is sent of one stream between two changes. */
    private record Run(
            InboundStream stream,
            long firstSequence,
            long sequenceShift,
            long timestampShift,
            Vp8Numbers.Shift pictures) {}

    /** Of retransmissions in a tick: what an honest subscriber asks for is far below. */
    private static final int RETRANSMISSIONS_PER_TICK = 30;

    /** Of which packets can still be asked for again. */
    private static final int MOST_RUNS = 8;

    private static final int LARGEST_PACKET = 4_096;
    private static final int LARGEST_PADDING = 255;
    private static final int ORIGINAL_SEQUENCE_NUMBER = 2;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Outlet outlet;
    private final CallCounters counters;
    private final Format format;
    private final OutgoingHeader header;
    private final OutgoingHeader retransmissionHeader;
    private final byte[] out = new byte[LARGEST_PACKET + SrtpSession.OVERHEAD_BYTES];
    private final Vp8Numbers pictures = new Vp8Numbers();
    private final RedundantAudio redundant = new RedundantAudio();
    private final ArrayDeque<Run> runs = new ArrayDeque<>();
    private @Nullable Run current;
    private @Nullable Layer target;
    private long nextSequence;
    private long highestSequence = -1;
    private long lastTimestamp;
    private long lastArrivalNanos;
    private int retransmissionSequence;
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
        this.header = new OutgoingHeader(format.ssrc(), format.mid(), extensions(format));
        this.retransmissionHeader = new OutgoingHeader(format.retransmissionSsrc(), format.mid(), format.extensions());
        // A cycle of room, as in what comes in: extended numbers of late packets stay positive.
        this.nextSequence = (1L << 16) + firstSequenceNumber;
        this.retransmissionSequence = firstSequenceNumber;
    }

    private static Set<Integer> extensions(Format format) {
        if (format.repair()) {
            return format.extensions();
        }
        return Set.copyOf(format.extensions().stream()
                .filter(id -> id != SubscribeOffer.TRANSPORT_SEQUENCE_EXTENSION)
                .toList());
    }

    public long ssrc() {
        return format.ssrc();
    }

    /** What is sent from the next key frame on. Null pauses at once. Of sound all is sent, whatever is said here. */
    void target(@Nullable Layer layer) {
        target = layer;
        if (layer == null) {
            pause();
        }
    }

    @Nullable
    Layer target() {
        return target;
    }

    /** Nothing is sent until the target's next key frame. */
    void pause() {
        current = null;
    }

    /** The layer that is being sent; null while nothing is. */
    @Nullable
    Layer sending() {
        Run run = current;
        return run == null ? null : run.stream().layer();
    }

    /**
     * Nothing is allocated here, but when a run begins.
     *
     * @return whether it was sent
     */
    boolean packet(
            InboundStream stream, RtpPacket packet, boolean startsKeyFrame, long extendedSequence, long arrivalNanos) {
        SupportedCodec codec = stream.format().codec(packet.payloadType());
        if (codec == null || !takes(codec)) {
            counters.count(Counter.RTP_CODEC_NOT_TAKEN);
            return false;
        }
        Run run = current;
        if (run == null || run.stream() != stream) {
            if (!begins(run, stream, startsKeyFrame)) {
                return false;
            }
            run = begin(stream, packet, extendedSequence, arrivalNanos);
        }
        if (extendedSequence < run.firstSequence()) {
            return false; // was sent before this subscriber came; its number may have been another's
        }
        long outSequence = extendedSequence + run.sequenceShift();
        boolean newest = outSequence > highestSequence;
        boolean sent = send(run, packet, codec, extendedSequence, newest);
        if (sent) {
            counters.count(Counter.RTP_FORWARDED);
            packets++;
            octets += packet.payloadLength();
        }
        if (newest) {
            highestSequence = outSequence;
            lastTimestamp = packet.timestamp() + run.timestampShift();
            lastArrivalNanos = arrivalNanos;
        }
        SenderReport report = extendedSequence == run.firstSequence() ? stream.lastReport() : null;
        if (report != null) {
            // Audio reports come seconds apart: without this one, lips and voice would first be out of time.
            senderReport(stream, report);
        }
        return sent;
    }

    /** Redundant audio is sent to who knows Opus alone as Opus. */
    private boolean takes(SupportedCodec codec) {
        return format.codecs().contains(codec)
                || codec == SupportedCodec.RED && format.codecs().contains(SupportedCodec.OPUS);
    }

    private boolean begins(@Nullable Run run, InboundStream stream, boolean startsKeyFrame) {
        if (run != null
                && run.stream().layer() == stream.layer()
                && stream.stream().index() < run.stream().stream().index()) {
            return false; // what is left of a stream that has been followed by another
        }
        if (!stream.format().isVideo()) {
            return true;
        }
        boolean follows = run != null && run.stream().layer() == stream.layer();
        return stream.layer() == target && (startsKeyFrame || follows);
    }

    private Run begin(InboundStream stream, RtpPacket packet, long extendedSequence, long arrivalNanos) {
        stream.history().store(packet, extendedSequence);
        Run last = runs.peekLast();
        long sequenceShift = (highestSequence < 0 ? nextSequence : highestSequence + 1) - extendedSequence;
        Run run = new Run(
                stream,
                extendedSequence,
                sequenceShift,
                last == null ? 0 : timestampShift(last, stream, packet, arrivalNanos),
                stream.format().codec(packet.payloadType()) == SupportedCodec.VP8
                        ? pictures.next(packet.buffer(), packet.payloadOffset(), packet.payloadLength())
                        : Vp8Numbers.Shift.NONE);
        runs.addLast(run);
        if (runs.size() > MOST_RUNS) {
            runs.removeFirst();
        }
        current = run;
        return run;
    }

    private long timestampShift(Run last, InboundStream stream, RtpPacket packet, long arrivalNanos) {
        int clockRate = stream.format().clockRate(packet.payloadType());
        long byArrival = lastTimestamp + Math.max(1, ticks(arrivalNanos - lastArrivalNanos, clockRate));
        SenderReport before = last.stream().lastReport();
        SenderReport now = stream.lastReport();
        if (before == null || now == null || last.stream().format() != stream.format()) {
            return byArrival - packet.timestamp();
        }
        // By the publisher's clock, on which all layers of a track lie.
        long between = now.nanosSince(before);
        long sinceReport = (int) (packet.timestamp() - now.rtpTimestamp());
        long byReports = before.rtpTimestamp() + last.timestampShift() + ticks(between, clockRate) + sinceReport;
        // Timestamps have 32 bits: the nearest of those that are meant.
        long exact = byArrival + (int) (byReports - byArrival);
        boolean plausible = Math.abs(exact - byArrival) < clockRate && exact > lastTimestamp;
        return (plausible ? exact : byArrival) - packet.timestamp();
    }

    private static long ticks(long nanos, int clockRate) {
        return nanos / NANOS_PER_SECOND * clockRate + nanos % NANOS_PER_SECOND * clockRate / NANOS_PER_SECOND;
    }

    private boolean send(Run run, RtpPacket packet, SupportedCodec codec, long extendedSequence, boolean newest) {
        int length = compose(header, 0, run, packet, codec, newest);
        if (length < 0) {
            return false;
        }
        RtpWriter.setSequenceNumber(out, 0, extendedSequence + run.sequenceShift());
        count(header, length);
        return outlet.sendRtp(out, length);
    }

    private boolean sendAgain(Run run, RtpPacket packet, SupportedCodec codec, long extendedSequence) {
        if (!format.repair()) {
            // The same bytes under the same number, so the same cipher text.
            return send(run, packet, codec, extendedSequence, false);
        }
        int length = compose(retransmissionHeader, ORIGINAL_SEQUENCE_NUMBER, run, packet, codec, false);
        if (length < 0) {
            return false;
        }
        long original = extendedSequence + run.sequenceShift();
        int at = retransmissionHeader.length();
        out[at] = (byte) (original >>> 8);
        out[at + 1] = (byte) original;
        RtpWriter.setPayloadType(out, 0, codec.retransmissionPayloadType());
        RtpWriter.setSequenceNumber(out, 0, retransmissionSequence++);
        count(retransmissionHeader, length);
        return outlet.sendRtp(out, length);
    }

    private void count(OutgoingHeader head, int length) {
        if (head.counts()) {
            head.setTransportSequence(out, outlet.count(length));
        }
    }

    /**
     * Puts a packet together, but for its number.
     *
     * @param gap bytes to leave free between header and payload
     * @return its length, -1 if it cannot be sent
     */
    private int compose(OutgoingHeader head, int gap, Run run, RtpPacket packet, SupportedCodec codec, boolean newest) {
        byte[] in = packet.buffer();
        int from = packet.payloadOffset();
        int payload = packet.payloadLength();
        int padding = packet.paddingLength();
        SupportedCodec sent = codec;
        if (codec == SupportedCodec.RED && !format.codecs().contains(codec)) {
            try {
                redundant.wrap(in, from, payload);
            } catch (Malformed e) {
                counters.count(Counter.RTP_MALFORMED);
                return -1;
            }
            int primary = redundant.count() - 1;
            from = redundant.offset(primary);
            payload = redundant.length(primary);
            padding = 0;
            sent = SupportedCodec.OPUS;
        }
        int at = head.length() + gap;
        int length = at + payload + padding;
        if (length > LARGEST_PACKET) {
            return -1;
        }
        head.write(out);
        head.carry(out, packet, run.stream().format().carriedExtension());
        System.arraycopy(in, from, out, at, payload + padding);
        if (padding > 0) {
            out[0] |= 0x20;
        }
        if (codec == SupportedCodec.VP8) {
            pictures.apply(run.pictures(), out, at, payload, newest);
        }
        RtpWriter.setPayloadType(out, 0, sent.payloadType());
        RtpWriter.setMarker(out, 0, packet.marker());
        RtpWriter.setTimestamp(out, 0, packet.timestamp() + run.timestampShift());
        return length;
    }

    /** The subscriber misses packets, by our numbers. */
    public void retransmit(List<Integer> sequenceNumbers) {
        if (highestSequence < 0) {
            return;
        }
        for (int sequenceNumber : sequenceNumbers) {
            if (retransmissionsLeft == 0) {
                return;
            }
            long outSequence = highestSequence - (((int) highestSequence - sequenceNumber) & 0xFFFF);
            if (retransmit(outSequence)) {
                counters.count(Counter.RTP_RETRANSMITTED);
                retransmissionsLeft--;
            } else {
                counters.count(Counter.RTP_RETRANSMISSION_GONE);
            }
        }
    }

    private boolean retransmit(long outSequence) {
        for (Iterator<Run> newestFirst = runs.descendingIterator(); newestFirst.hasNext(); ) {
            Run run = newestFirst.next();
            long inSequence = outSequence - run.sequenceShift();
            if (inSequence < run.firstSequence()) {
                continue;
            }
            RtpPacket packet = run.stream().history().find(inSequence);
            SupportedCodec codec = packet == null ? null : run.stream().format().codec(packet.payloadType());
            return packet != null && codec != null && sendAgain(run, packet, codec, inSequence);
        }
        return false;
    }

    /**
     * Sends padding, to find out whether the path carries more. It goes as a retransmission of nothing (RFC 4588 streams
     * may be padded without a gap in the media's numbers).
     *
     * @return how many bytes were sent, 0 if this subscriber cannot be sent any
     */
    int pad() {
        if (!format.repair() || !retransmissionHeader.counts() || highestSequence < 0) {
            return 0;
        }
        int at = retransmissionHeader.length();
        retransmissionHeader.write(out);
        Arrays.fill(out, at, at + LARGEST_PADDING, (byte) 0);
        out[at + LARGEST_PADDING - 1] = (byte) LARGEST_PADDING;
        out[0] |= 0x20;
        RtpWriter.setPayloadType(out, 0, paddingPayloadType());
        RtpWriter.setMarker(out, 0, false);
        RtpWriter.setTimestamp(out, 0, lastTimestamp);
        RtpWriter.setSequenceNumber(out, 0, retransmissionSequence++);
        int length = at + LARGEST_PADDING;
        count(retransmissionHeader, length);
        return outlet.sendRtp(out, length) ? length : 0;
    }

    private int paddingPayloadType() {
        for (SupportedCodec codec : format.codecs()) {
            if (codec.isVideo()) {
                return codec.retransmissionPayloadType();
            }
        }
        return SupportedCodec.VP8.retransmissionPayloadType();
    }

    public void tick() {
        retransmissionsLeft = RETRANSMISSIONS_PER_TICK;
    }

    /** Passes on how the publisher's clock and timestamps belong together, with our counts. */
    public void senderReport(InboundStream stream, SenderReport report) {
        Run run = current;
        if (run == null || stream != run.stream() || packets == 0) {
            return;
        }
        List<RtcpPacket> compound = new ArrayList<>(2);
        compound.add(new SenderReport(
                format.ssrc(),
                report.ntpTime(),
                (report.rtpTimestamp() + run.timestampShift()) & 0xFFFFFFFFL,
                packets & 0xFFFFFFFFL,
                octets & 0xFFFFFFFFL,
                List.of()));
        compound.add(SourceDescription.cname(format.ssrc(), format.cname()));
        outlet.sendRtcp(compound);
    }
}
