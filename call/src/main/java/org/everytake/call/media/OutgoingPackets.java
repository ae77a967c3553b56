package org.everytake.call.media;

import java.util.Arrays;
import java.util.Set;
import org.everytake.call.CallCounters;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.dtls.SrtpSession;
import org.everytake.call.sdp.SubscribeOffer;
import org.everytake.call.sdp.SupportedCodec;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtp.RedundantAudio;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.rtp.RtpWriter;

/** Puts together what a {@link Forwarder} sends, and hands it to its outlet. Allocates nothing. Owned by the loop. */
final class OutgoingPackets {
    private static final int LARGEST_PACKET = 4_096;
    private static final int LARGEST_PADDING = 255;
    private static final int ORIGINAL_SEQUENCE_NUMBER = 2;

    private final Forwarder.Outlet outlet;
    private final CallCounters counters;
    private final Forwarder.Format format;
    private final OutgoingHeader header;
    private final OutgoingHeader retransmissionHeader;
    private final byte[] out = new byte[LARGEST_PACKET + SrtpSession.OVERHEAD_BYTES];
    private final Vp8Numbers pictures = new Vp8Numbers();
    private final RedundantAudio redundant = new RedundantAudio();
    private int retransmissionSequence;

    OutgoingPackets(
            Forwarder.Outlet outlet, CallCounters counters, Forwarder.Format format, int firstRetransmissionSequence) {
        this.outlet = outlet;
        this.counters = counters;
        this.format = format;
        this.header = new OutgoingHeader(format.ssrc(), format.mid(), extensions(format));
        this.retransmissionHeader = new OutgoingHeader(format.retransmissionSsrc(), format.mid(), format.extensions());
        this.retransmissionSequence = firstRetransmissionSequence;
    }

    private static Set<Integer> extensions(Forwarder.Format format) {
        if (format.repair()) {
            return format.extensions();
        }
        return Set.copyOf(format.extensions().stream()
                .filter(id -> id != SubscribeOffer.TRANSPORT_SEQUENCE_EXTENSION)
                .toList());
    }

    /** Numbers of the pictures of a run that begins with this packet. */
    Vp8Numbers.Shift nextPictures(SupportedCodec codec, RtpPacket packet) {
        return codec == SupportedCodec.VP8
                ? pictures.next(packet.buffer(), packet.payloadOffset(), packet.payloadLength())
                : Vp8Numbers.Shift.NONE;
    }

    /**
     * @param newest whether no later packet has been sent
     * @return whether it was sent
     */
    boolean send(Run run, RtpPacket packet, SupportedCodec codec, long outSequence, boolean marker, boolean newest) {
        int length = compose(header, 0, run, packet, codec, newest);
        return length >= 0 && sendOriginal(length, outSequence, marker);
    }

    private boolean sendOriginal(int length, long outSequence, boolean marker) {
        RtpWriter.setMarker(out, 0, marker);
        RtpWriter.setSequenceNumber(out, 0, outSequence);
        count(header, length);
        return outlet.sendRtp(out, length);
    }

    /** Sends a packet again; without a stream for that, the same bytes under the same number: so the same cipher text. */
    boolean sendAgain(Run run, RtpPacket packet, SupportedCodec codec, long outSequence, boolean marker) {
        if (!format.repair()) {
            return send(run, packet, codec, outSequence, marker, false);
        }
        int length = compose(retransmissionHeader, ORIGINAL_SEQUENCE_NUMBER, run, packet, codec, false);
        return length >= 0 && sendRetransmission(length, codec, outSequence, marker);
    }

    private boolean sendRetransmission(int length, SupportedCodec codec, long outSequence, boolean marker) {
        int at = retransmissionHeader.length();
        out[at] = (byte) (outSequence >>> 8);
        out[at + 1] = (byte) outSequence;
        RtpWriter.setMarker(out, 0, marker);
        RtpWriter.setPayloadType(out, 0, codec.retransmissionPayloadType());
        RtpWriter.setSequenceNumber(out, 0, retransmissionSequence++);
        count(retransmissionHeader, length);
        return outlet.sendRtp(out, length);
    }

    /** Sends padding in place of a packet that is left out, so that nobody goes on asking for its number. */
    boolean fill(Run run, RtpPacket packet, SupportedCodec codec, long outSequence) {
        int length = pad(header, 0, 1, codec.payloadType(), packet.timestamp() + run.timestampShift());
        return sendOriginal(length, outSequence, false);
    }

    /** As {@link #fill}, once more. */
    boolean fillAgain(Run run, RtpPacket packet, SupportedCodec codec, long outSequence) {
        if (!format.repair()) {
            return fill(run, packet, codec, outSequence);
        }
        long timestamp = packet.timestamp() + run.timestampShift();
        int length = pad(retransmissionHeader, ORIGINAL_SEQUENCE_NUMBER, 1, codec.payloadType(), timestamp);
        return sendRetransmission(length, codec, outSequence, false);
    }

    /**
     * Sends padding as a retransmission of nothing (RFC 4588 streams may be padded without a gap in the media's numbers).
     *
     * @return how many bytes were sent, 0 if this subscriber cannot be sent any
     */
    int probe(long timestamp) {
        if (!format.repair() || !retransmissionHeader.counts()) {
            return 0;
        }
        int length = pad(retransmissionHeader, 0, LARGEST_PADDING, paddingPayloadType(), timestamp);
        RtpWriter.setSequenceNumber(out, 0, retransmissionSequence++);
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

    private int pad(OutgoingHeader head, int gap, int padding, int payloadType, long timestamp) {
        head.write(out);
        int at = head.length() + gap;
        Arrays.fill(out, at, at + padding, (byte) 0);
        out[at + padding - 1] = (byte) padding;
        out[0] |= 0x20;
        RtpWriter.setPayloadType(out, 0, payloadType);
        RtpWriter.setMarker(out, 0, false);
        RtpWriter.setTimestamp(out, 0, timestamp);
        return at + padding;
    }

    private void count(OutgoingHeader head, int length) {
        if (head.counts()) {
            head.setTransportSequence(out, outlet.count(length));
        }
    }

    /**
     * Puts a packet together, but for its number and marker.
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
        InboundFormat inbound = run.stream().format();
        head.write(
                out,
                packet,
                inbound.carriedExtension(),
                codec == SupportedCodec.AV1 ? inbound.descriptorExtension() : 0);
        int at = head.length() + gap;
        int length = at + payload + padding;
        if (length > LARGEST_PACKET) {
            return -1;
        }
        System.arraycopy(in, from, out, at, payload + padding);
        if (padding > 0) {
            out[0] |= 0x20;
        }
        if (codec == SupportedCodec.VP8) {
            pictures.apply(run.pictures(), out, at, payload, newest);
        }
        RtpWriter.setPayloadType(out, 0, sent.payloadType());
        RtpWriter.setTimestamp(out, 0, packet.timestamp() + run.timestampShift());
        return length;
    }
}
