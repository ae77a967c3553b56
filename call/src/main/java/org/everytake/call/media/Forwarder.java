package org.everytake.call.media;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.everytake.call.CallCounters;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.dtls.SrtpSession;
import org.everytake.call.sdp.SubscribeOffer;
import org.everytake.call.sdp.SupportedCodec;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtcp.SenderReport;
import org.everytake.wire.rtcp.SourceDescription;
import org.everytake.wire.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * Sends one source to one subscriber under an SSRC, payload types and numbers of its own, which go on without a gap when
 * it changes to another layer or stream, or has paused. Gaps that the network made stay, so that the subscriber sees and
 * reports them. Of a stream with layers within, those are left out that the subscriber is not to get. Owned by the loop.
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

    /** Of retransmissions in a tick: what an honest subscriber asks for is far below. */
    private static final int RETRANSMISSIONS_PER_TICK = 30;

    /** Of which packets can still be asked for again. */
    private static final int MOST_RUNS = 8;

    private final Outlet outlet;
    private final CallCounters counters;
    private final Format format;
    private final OutgoingPackets packets;
    private final ArrayDeque<Run> runs = new ArrayDeque<>();
    private @Nullable Run current;
    private @Nullable Layer target;
    private OperatingPoint point = OperatingPoint.ALL;
    private long nextSequence;
    private long highestSequence = -1;
    private long lastTimestamp;
    private long lastArrivalNanos;
    private long packetCount;
    private long octetCount;
    private int retransmissionsLeft = RETRANSMISSIONS_PER_TICK;

    /**
     * @param firstSequenceNumber of the first packet, 0 to 32767
     */
    public Forwarder(Outlet outlet, CallCounters counters, Format format, int firstSequenceNumber) {
        this.outlet = outlet;
        this.counters = counters;
        this.format = format;
        this.packets = new OutgoingPackets(outlet, counters, format, firstSequenceNumber);
        // A cycle of room, as in what comes in: extended numbers of late packets stay positive.
        this.nextSequence = (1L << 16) + firstSequenceNumber;
    }

    public long ssrc() {
        return format.ssrc();
    }

    /** What is sent from the next key frame on, whatever layers are within. Null pauses at once. */
    void target(@Nullable Layer layer) {
        target(layer, OperatingPoint.ALL);
    }

    /**
     * What is sent from the next key frame on. Of sound all is sent, whatever is said here.
     *
     * @param layer null pauses at once
     * @param upTo of the layers within; fewer are sent from the next picture on
     */
    void target(@Nullable Layer layer, OperatingPoint upTo) {
        target = layer;
        point = upTo;
        if (layer == null) {
            pause();
        }
    }

    @Nullable
    Layer target() {
        return target;
    }

    /** How much of the layers within the target's stream is wanted. */
    OperatingPoint point() {
        return point;
    }

    /** Whether fewer layers within the target's stream are sent than are wanted. */
    boolean isBelowPoint() {
        Run run = current;
        Thinning thinning = run == null || run.stream().layer() != target ? null : run.thinning();
        return thinning != null && !thinning.has(point);
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
        } else if (startsKeyFrame
                && run.thinning() == null
                && stream.packetLayer().isLayered()
                && extendedSequence + run.sequenceShift() > highestSequence) {
            run = begin(stream, packet, extendedSequence, arrivalNanos); // it has layers from here on
        }
        if (extendedSequence < run.firstSequence()) {
            return false; // was sent before this subscriber came; its number may have been another's
        }
        Thinning thinning = run.thinning();
        boolean sent = thinning == null
                ? send(run, packet, codec, extendedSequence + run.sequenceShift(), packet.marker(), arrivalNanos)
                : thin(run, thinning, packet, codec, extendedSequence, arrivalNanos);
        SenderReport report = extendedSequence == run.firstSequence() ? stream.lastReport() : null;
        if (report != null) {
            // Audio reports come seconds apart: without this one, lips and voice would first be out of time.
            senderReport(stream, report);
        }
        return sent;
    }

    private boolean send(
            Run run, RtpPacket packet, SupportedCodec codec, long outSequence, boolean marker, long arrivalNanos) {
        boolean newest = outSequence > highestSequence;
        boolean sent = packets.send(run, packet, codec, outSequence, marker, newest);
        if (sent) {
            counters.count(Counter.RTP_FORWARDED);
            packetCount++;
            octetCount += packet.payloadLength();
        }
        if (newest) {
            highestSequence = outSequence;
            lastTimestamp = packet.timestamp() + run.timestampShift();
            lastArrivalNanos = arrivalNanos;
        }
        return sent;
    }

    /** Sends a packet if it is of a layer that is wanted. */
    private boolean thin(
            Run run, Thinning thinning, RtpPacket packet, SupportedCodec codec, long sequence, long arrivalNanos) {
        ThinnedNumbers numbers = thinning.numbers();
        PacketLayer layer = run.stream().packetLayer();
        boolean isNewest = numbers.isNewest(sequence);
        long kept = isNewest ? -1 : numbers.awaited(sequence);
        if (isNewest
                ? !thinning.takes(layer, packet.timestamp(), point)
                : kept < 0 || !thinning.takesLate(layer, packet.timestamp())) {
            counters.count(Counter.RTP_THINNED);
            if (isNewest) {
                numbers.leaveOut(sequence);
            } else if (kept >= 0) {
                numbers.became(sequence, ThinnedNumbers.Fate.FILLED);
                packets.fill(run, packet, codec, kept);
                highestSequence = Math.max(highestSequence, kept);
            }
            return false;
        }
        long outSequence = isNewest ? numbers.send(sequence) : kept;
        boolean ends = thinning.ends(layer, packet.timestamp(), packet.marker());
        numbers.became(sequence, ends == packet.marker() ? ThinnedNumbers.Fate.SENT : ThinnedNumbers.Fate.MARKED);
        if (isNewest && ends) {
            thinning.ended(layer, point);
        }
        return send(run, packet, codec, outSequence, ends, arrivalNanos);
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
        long outSequence = last == null || highestSequence < 0 ? nextSequence : last.nextOutSequence(highestSequence);
        SupportedCodec codec = stream.format().codec(packet.payloadType());
        Run run = new Run(
                stream,
                extendedSequence,
                outSequence - extendedSequence,
                last == null
                        ? 0
                        : last.nextTimestampShift(stream, packet, lastTimestamp, arrivalNanos - lastArrivalNanos),
                codec == null ? Vp8Numbers.Shift.NONE : packets.nextPictures(codec, packet),
                stream.packetLayer().isLayered()
                        ? new Thinning(new ThinnedNumbers(extendedSequence, outSequence))
                        : null);
        runs.addLast(run);
        if (runs.size() > MOST_RUNS) {
            runs.removeFirst();
        }
        current = run;
        return run;
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
            if (outSequence - run.sequenceShift() >= run.firstSequence()) {
                return retransmit(run, outSequence);
            }
        }
        return false;
    }

    private boolean retransmit(Run run, long outSequence) {
        long sequence = run.sequenceOf(outSequence);
        RtpPacket packet = run.stream().history().find(sequence);
        SupportedCodec codec = packet == null ? null : run.stream().format().codec(packet.payloadType());
        if (packet == null || codec == null) {
            return false;
        }
        Thinning thinning = run.thinning();
        ThinnedNumbers.Fate fate =
                thinning == null ? ThinnedNumbers.Fate.SENT : thinning.numbers().fate(sequence);
        return switch (fate) {
            case SENT -> packets.sendAgain(run, packet, codec, outSequence, packet.marker());
            case MARKED -> packets.sendAgain(run, packet, codec, outSequence, true);
            case FILLED -> packets.fillAgain(run, packet, codec, outSequence);
            case AWAITED, LEFT_OUT -> false;
        };
    }

    /**
     * Sends padding, to find out whether the path carries more.
     *
     * @return how many bytes were sent, 0 if this subscriber cannot be sent any
     */
    int pad() {
        return highestSequence < 0 ? 0 : packets.probe(lastTimestamp);
    }

    public void tick() {
        retransmissionsLeft = RETRANSMISSIONS_PER_TICK;
    }

    /** Passes on how the publisher's clock and timestamps belong together, with our counts. */
    public void senderReport(InboundStream stream, SenderReport report) {
        Run run = current;
        if (run == null || stream != run.stream() || packetCount == 0) {
            return;
        }
        List<RtcpPacket> compound = new ArrayList<>(2);
        compound.add(new SenderReport(
                format.ssrc(),
                report.ntpTime(),
                (report.rtpTimestamp() + run.timestampShift()) & 0xFFFFFFFFL,
                packetCount & 0xFFFFFFFFL,
                octetCount & 0xFFFFFFFFL,
                List.of()));
        compound.add(SourceDescription.cname(format.ssrc(), format.cname()));
        outlet.sendRtcp(compound);
    }
}
