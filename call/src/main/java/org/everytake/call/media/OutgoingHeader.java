package org.everytake.call.media;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.everytake.call.sdp.SubscribeOffer;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.rtp.RtpWriter;

/**
 * The RTP header of what a forwarder sends: the same bytes for each packet, with extensions (RFC 8285) at fixed places, in
 * which numbers are filled in; behind them the dependency descriptor of a packet that has one. Elements have a head of
 * one byte, or of two where a descriptor is longer than 16 bytes. An extension that a packet does not have becomes
 * padding. Owned by the loop.
 *
 * <pre>
 * +------------------+-------------------------+-----+--------------------+--------------+------------+---------+
 * | fixed header, 12 | 0xBEDE or 0x1000, words | MID | transport sequence | level or CVO | descriptor | padding |
 * +------------------+-------------------------+-----+--------------------+--------------+------------+---------+
 * </pre>
 */
final class OutgoingHeader {
    private static final int FIXED = RtpPacket.FIXED_HEADER_LENGTH;
    private static final int LONGEST_MID = 16;
    private static final int LONGEST_IN_ONE_BYTE_FORM = 16;
    private static final int LONGEST_DESCRIPTOR = 255;

    private final Form oneByte;
    private final Form twoByte;
    private final int carriedId;
    private final boolean describes;

    /** As it was written last. */
    private Form form;

    private int length;

    /**
     * @param extensions ids of {@link SubscribeOffer} that the subscriber takes
     */
    OutgoingHeader(long ssrc, String mid, Set<Integer> extensions) {
        byte[] name = mid.getBytes(StandardCharsets.UTF_8);
        byte[] named =
                extensions.contains(SubscribeOffer.MID_EXTENSION) && name.length <= LONGEST_MID ? name : new byte[0];
        boolean counted = extensions.contains(SubscribeOffer.TRANSPORT_SEQUENCE_EXTENSION);
        carriedId = extensions.contains(SubscribeOffer.AUDIO_LEVEL_EXTENSION)
                ? SubscribeOffer.AUDIO_LEVEL_EXTENSION
                : extensions.contains(SubscribeOffer.VIDEO_ORIENTATION_EXTENSION)
                        ? SubscribeOffer.VIDEO_ORIENTATION_EXTENSION
                        : 0;
        describes = extensions.contains(SubscribeOffer.DEPENDENCY_DESCRIPTOR_EXTENSION);
        oneByte = new Form(1, ssrc, named, counted, carriedId);
        twoByte = new Form(2, ssrc, named, counted, carriedId);
        form = oneByte;
        length = oneByte.padded;
    }

    /** Of what was written last. */
    int length() {
        return length;
    }

    /** Whether packets are counted over all streams of the connection. */
    boolean counts() {
        return oneByte.transportSequenceAt > 0;
    }

    /** For a packet that nobody sent. */
    void write(byte[] out) {
        form = oneByte;
        length = form.padded;
        System.arraycopy(form.bytes, 0, out, 0, length);
    }

    /**
     * For a packet, of which it carries on the one byte of the audio level (RFC 6464) or the orientation of video, and the
     * dependency descriptor.
     *
     * @param carried id in that packet of the former; 0 if its publisher does not send it
     * @param descriptor id in that packet of the latter, or 0
     */
    void write(byte[] out, RtpPacket packet, int carried, int descriptor) {
        int from = describes && descriptor != 0 ? packet.extensionOffset(descriptor) : -1;
        int size = from < 0 ? 0 : packet.extensionLength(descriptor);
        if (size <= 0 || size > LONGEST_DESCRIPTOR) {
            write(out);
        } else {
            describe(out, packet.buffer(), from, size);
        }
        int level = form.carriedAt == 0 || carried == 0 ? -1 : packet.extensionOffset(carried);
        if (level >= 0 && packet.extensionLength(carried) >= 1) {
            form.element(out, form.carriedAt, carriedId, 1);
            out[form.carriedAt + form.headLength] = packet.buffer()[level];
        }
    }

    private void describe(byte[] out, byte[] in, int from, int size) {
        form = size <= LONGEST_IN_ONE_BYTE_FORM ? oneByte : twoByte;
        int end = form.end + form.headLength + size;
        length = padded(end);
        System.arraycopy(form.bytes, 0, out, 0, form.end);
        form.element(out, form.end, SubscribeOffer.DEPENDENCY_DESCRIPTOR_EXTENSION, size);
        System.arraycopy(in, from, out, form.end + form.headLength, size);
        Arrays.fill(out, end, length, (byte) 0);
        form.extended(out, length);
    }

    void setTransportSequence(byte[] out, int sequence) {
        out[form.transportSequenceAt] = (byte) (sequence >>> 8);
        out[form.transportSequenceAt + 1] = (byte) sequence;
    }

    private static int padded(int end) {
        return end + 3 & ~3;
    }

    /** With heads of one or of two bytes. Immutable. */
    private static final class Form {
        private final int headLength;
        private final byte[] bytes;
        private final int transportSequenceAt;
        private final int carriedAt;

        /** Of the extensions, without padding; with none, where they would begin. */
        private final int end;

        private final int padded;

        Form(int headLength, long ssrc, byte[] mid, boolean counted, int carriedId) {
            this.headLength = headLength;
            int named = mid.length == 0 ? 0 : headLength + mid.length;
            int sequence = counted ? headLength + 2 : 0;
            int carried = carriedId == 0 ? 0 : headLength + 1;
            boolean any = named + sequence + carried > 0;
            int begin = FIXED + 4;
            end = begin + named + sequence + carried;
            padded = any ? OutgoingHeader.padded(end) : FIXED;
            bytes = new byte[OutgoingHeader.padded(end)];
            bytes[0] = (byte) 0x80;
            RtpWriter.setSsrc(bytes, 0, ssrc);
            if (any) {
                extended(bytes, padded);
            }
            if (named > 0) {
                element(bytes, begin, SubscribeOffer.MID_EXTENSION, mid.length);
                System.arraycopy(mid, 0, bytes, begin + headLength, mid.length);
            }
            transportSequenceAt = counted ? begin + named + headLength : 0;
            if (counted) {
                element(bytes, begin + named, SubscribeOffer.TRANSPORT_SEQUENCE_EXTENSION, 2);
            }
            carriedAt = carriedId == 0 ? 0 : begin + named + sequence;
        }

        /** Says that there are extensions, up to there. */
        void extended(byte[] out, int to) {
            int words = (to - FIXED - 4) / 4;
            out[0] |= 0x10;
            out[FIXED] = (byte) (headLength == 1 ? 0xBE : 0x10);
            out[FIXED + 1] = (byte) (headLength == 1 ? 0xDE : 0x00);
            out[FIXED + 2] = (byte) (words >>> 8);
            out[FIXED + 3] = (byte) words;
        }

        /** The head of an element. */
        void element(byte[] out, int at, int id, int size) {
            if (headLength == 1) {
                out[at] = (byte) (id << 4 | (size - 1));
            } else {
                out[at] = (byte) id;
                out[at + 1] = (byte) size;
            }
        }
    }
}
