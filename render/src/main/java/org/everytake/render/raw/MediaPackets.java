package org.everytake.render.raw;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Set;
import org.everytake.tape.Codec;
import org.everytake.tape.TakeDescription;
import org.everytake.tape.read.TapeRecord;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtp.RedundantAudio;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.rtp.RtpWriter;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the packets of one stream in the order of their sequence and gives each to whoever keeps its codec. RED (RFC
 * 2198) is unpacked, because few know it: of its packets the newest frame stays, with the header that it came with, and of
 * the copies those that stand for packets which never came. One thread; used once.
 */
final class MediaPackets {
    /** What helps media across the network, or is none. */
    private static final Set<String> HELPERS =
            Set.of("red", "rtx", "ulpfec", "flexfec-03", "flexfec", "cn", "telephone-event");

    private static final int PADDING = 0x20;

    /** A packet on its way, valid during the call. */
    static final class Media {
        private long sequence;
        private long arrivalNanos;
        private long timestamp;
        private byte[] bytes = new byte[0];
        private int offset;
        private int length;
        private boolean redundant;
        private boolean restored;

        /** The stream's extended number. */
        long sequence() {
            return sequence;
        }

        /** Since the recording's zero. */
        long arrivalNanos() {
            return arrivalNanos;
        }

        /** In RTP time, unsigned 32 bits. */
        long timestamp() {
            return timestamp;
        }

        /** The RTP packet, of which {@link #length()} bytes count, from {@link #offset()} on. */
        byte[] bytes() {
            return bytes;
        }

        int offset() {
            return offset;
        }

        int length() {
            return length;
        }

        /** Whether it came as RED. */
        boolean redundant() {
            return redundant;
        }

        /** Whether it never came, and this is the copy that a later one carried. */
        boolean restored() {
            return restored;
        }
    }

    /** What packets of a payload type are. */
    private record Kind(Codec codec, String name, boolean isMedia, boolean isRed) {
        static Kind of(Codec codec) {
            String name = codec.name().toLowerCase(Locale.ROOT);
            return new Kind(codec, name, !HELPERS.contains(name), name.equals("red"));
        }
    }

    /** Who keeps packets. */
    interface Keeper {
        void keep(Codec codec, Media media) throws IOException;

        /** Hears of a packet that is no media: the name of its codec, or "unknown", or "malformed". */
        void leftOut(String what, long sequence);
    }

    /** By payload type; null where there is none. */
    private final @Nullable Kind[] kinds = new Kind[1 << 7];

    private final Keeper keeper;
    private final RtpPacket packet = new RtpPacket();
    private final RedundantAudio blocks = new RedundantAudio();
    private final Media media = new Media();
    private byte[] unpacked = new byte[0];
    private boolean any;
    private long lastSequence;
    private long lastTimestamp;

    MediaPackets(TakeDescription description, Keeper keeper) {
        description.codecs().stream()
                .filter(codec -> codec.clockRate() > 0 && codec.payloadType() < kinds.length)
                .forEach(codec -> kinds[codec.payloadType()] = Kind.of(codec));
        this.keeper = keeper;
    }

    /** Takes the stream's next record. */
    void accept(TapeRecord record) throws IOException {
        try {
            packet.wrap(record.buffer(), record.offset(), record.length());
            next(record);
        } catch (Malformed unusable) {
            leaveOut(record, "malformed"); // the network's fault: as good as lost
        }
    }

    private void next(TapeRecord record) throws IOException, Malformed {
        media.sequence = record.sequence();
        media.arrivalNanos = record.stampNanos();
        media.timestamp = packet.timestamp();
        media.redundant = false;
        media.restored = false;
        Kind kind = kinds[packet.payloadType()];
        if (kind != null && kind.isRed && packet.payloadLength() > 0) {
            unpack(record);
        } else if (kind != null && kind.isMedia) {
            media.bytes = record.buffer();
            media.offset = record.offset();
            media.length = record.length();
            keep(kind.codec);
        } else {
            leaveOut(record, name(kind));
        }
    }

    private void leaveOut(TapeRecord record, String what) {
        keeper.leftOut(what, record.sequence());
        lastSequence = record.sequence();
    }

    private static String name(@Nullable Kind kind) {
        return kind == null ? "unknown" : kind.name;
    }

    private void keep(Codec codec) throws IOException {
        keeper.keep(codec, media);
        any = true;
        lastSequence = media.sequence;
        lastTimestamp = media.timestamp;
    }

    private void unpack(TapeRecord record) throws IOException, Malformed {
        blocks.wrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength());
        int newest = blocks.count() - 1;
        Kind kind = kinds[blocks.payloadType(newest)];
        if (kind == null || !kind.isMedia) {
            leaveOut(record, name(kind));
            return;
        }
        Codec codec = kind.codec;
        media.redundant = true;
        restore(record, codec, newest);
        write(record, codec, packet.payloadOffset() - record.offset(), newest);
        media.sequence = record.sequence();
        media.timestamp = packet.timestamp();
        media.restored = false;
        keep(codec);
    }

    /** Each earlier frame stands for the packet before; those of packets that never came take their places. */
    private void restore(TapeRecord record, Codec codec, int newest) throws IOException {
        ArrayDeque<Integer> missing = new ArrayDeque<>();
        for (int back = 1; back <= newest; back++) {
            int block = newest - back;
            boolean wanted = any
                    && record.sequence() - back > lastSequence
                    && (int) (packet.timestamp() - blocks.timestampOffset(block) - lastTimestamp) > 0
                    && blocks.payloadType(block) == codec.payloadType()
                    && blocks.length(block) > 0;
            if (!wanted) {
                break;
            }
            missing.push(block);
        }
        media.restored = true;
        for (int block : missing) {
            media.sequence = record.sequence() - (newest - block);
            media.timestamp = packet.timestamp() - blocks.timestampOffset(block) & 0xFFFF_FFFFL;
            write(record, codec, RtpPacket.FIXED_HEADER_LENGTH, block);
            unpacked[0] = (byte) 0x80; // no extensions: they told of the later packet
            RtpWriter.setMarker(unpacked, 0, false);
            RtpWriter.setSequenceNumber(unpacked, 0, media.sequence);
            RtpWriter.setTimestamp(unpacked, 0, media.timestamp);
            keep(codec);
        }
    }

    /** Puts one frame behind the packet's header. */
    private void write(TapeRecord record, Codec codec, int header, int block) {
        int length = header + blocks.length(block);
        if (unpacked.length < length) {
            unpacked = new byte[2 * length];
        }
        System.arraycopy(record.buffer(), record.offset(), unpacked, 0, header);
        System.arraycopy(packet.buffer(), blocks.offset(block), unpacked, header, blocks.length(block));
        unpacked[0] = (byte) (unpacked[0] & ~PADDING);
        RtpWriter.setPayloadType(unpacked, 0, codec.payloadType());
        media.bytes = unpacked;
        media.offset = 0;
        media.length = length;
    }
}
