package org.everytake.wire.vp8;

import java.util.Arrays;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtp.RtpPacket;

/**
 * Puts VP8 frames together from the packets of one stream, which must come in the order of their sequence numbers;
 * a number left out is a loss. One frame at a time is held, and each is handed out once whole. Owned by one thread.
 *
 * <pre>
 *  IDLE --start of frame--> OPEN --marker, or start of the next frame--> IDLE, frame handed out
 *   |                        |
 *   +--continuation: loss    +--gap, other timestamp, too long: loss--> IDLE
 * </pre>
 *
 * Packets that are only padding change nothing.
 */
public final class Vp8FrameAssembler {
    /** What a frame may at most be, so that a hostile sender cannot fill the memory. */
    public static final int MAX_FRAME_LENGTH = 8 * 1024 * 1024;

    /** Hears, in order, of each frame and each loss. */
    public interface Listener {
        void frame(Vp8Frame frame);

        void lost(Vp8Loss loss);
    }

    private final Listener listener;

    private long nextSequence = -1;
    private boolean open;
    private byte[] bytes = new byte[4096];
    private int size;
    private long timestamp;
    private int pictureId;
    private boolean longPictureId;
    private long firstSequence;

    /** Of the frame before, -1 if unknown. */
    private int lastPictureId = -1;

    /** A gap that began between frames, not yet told, because the next frame shows whether it matters. */
    private long gapFirst = -1;

    private long gapLast;
    private long gapMissing;

    /** Whether what is coming belongs to a frame that was already told to be lost. */
    private boolean toldUntilStart;

    private int width;
    private int height;

    public Vp8FrameAssembler(Listener listener) {
        this.listener = listener;
    }

    /**
     * Takes the next packet.
     *
     * @param packet read during the call only
     * @param sequence its extended sequence number; one not above the last is dropped
     */
    public void push(RtpPacket packet, long sequence) {
        push(
                sequence,
                packet.timestamp(),
                packet.marker(),
                packet.buffer(),
                packet.payloadOffset(),
                packet.payloadLength());
    }

    /** As {@link #push(RtpPacket, long)}, with the fields of the packet. */
    public void push(long sequence, long timestamp, boolean marker, byte[] buffer, int offset, int length) {
        if (nextSequence >= 0 && sequence < nextSequence) {
            return;
        }
        if (nextSequence >= 0 && sequence > nextSequence) {
            gap(nextSequence, sequence - 1);
        }
        nextSequence = sequence + 1;
        if (length == 0) {
            return;
        }
        try {
            Vp8PayloadDescriptor descriptor = Vp8PayloadDescriptor.parse(buffer, offset, length);
            int head = descriptor.length();
            if (head == length) {
                throw new Malformed("VP8 payload", head, "no data");
            }
            take(descriptor, sequence, timestamp, buffer, offset + head, length - head);
        } catch (Malformed unusable) {
            // The network's fault, told as a loss of this packet.
            lose(open ? firstSequence : sequence, sequence, 0);
        }
        if (marker && open) {
            finish(sequence);
        }
    }

    private void take(Vp8PayloadDescriptor descriptor, long sequence, long timestamp, byte[] b, int at, int length) {
        if (descriptor.startOfFrame()) {
            if (open) {
                // The marker is only a hint (RFC 7741, section 4.1): nothing is missing, so the frame before is whole.
                finish(sequence - 1);
            }
            settleGap(descriptor);
            open = true;
            toldUntilStart = false;
            size = 0;
            firstSequence = sequence;
            pictureId = descriptor.pictureId();
            longPictureId = descriptor.longPictureId();
            this.timestamp = timestamp;
        } else if (!open) {
            if (gapFirst >= 0) {
                settleGapAsLost();
            } else if (!toldUntilStart) {
                lose(sequence, sequence, 0);
            }
            toldUntilStart = true;
            return;
        } else if (timestamp != this.timestamp) {
            lose(firstSequence, sequence, 0);
            return;
        }
        if (size + length > MAX_FRAME_LENGTH) {
            lose(firstSequence, sequence, 0);
            return;
        }
        if (size + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + length, Math.min(MAX_FRAME_LENGTH, bytes.length * 2)));
        }
        System.arraycopy(b, at, bytes, size, length);
        size += length;
    }

    private void finish(long lastSequence) {
        try {
            Vp8FrameTag tag = Vp8FrameTag.parse(bytes, 0, size);
            open = false;
            lastPictureId = pictureId;
            if (tag.keyFrame()) {
                width = tag.width();
                height = tag.height();
            }
            listener.frame(new Vp8Frame(
                    timestamp,
                    tag.keyFrame(),
                    width,
                    height,
                    pictureId,
                    firstSequence,
                    lastSequence,
                    Arrays.copyOf(bytes, size)));
        } catch (Malformed unusable) {
            // The network's fault, told as a loss of these packets.
            lose(firstSequence, lastSequence, 0);
        }
    }

    private void gap(long first, long last) {
        if (open) {
            // Its end is among what is missing, or cannot be told from it.
            lose(firstSequence, last, last - first + 1);
        } else if (gapFirst < 0) {
            gapFirst = first;
            gapLast = last;
            gapMissing = last - first + 1;
        } else {
            gapLast = last;
            gapMissing += last - first + 1;
        }
    }

    private void settleGap(Vp8PayloadDescriptor next) {
        if (gapFirst < 0) {
            return;
        }
        int mask = next.longPictureId() ? 0x7FFF : 0x7F;
        boolean follows = lastPictureId >= 0
                && next.pictureId() >= 0
                && next.longPictureId() == longPictureId
                && next.pictureId() == ((lastPictureId + 1) & mask);
        long first = gapFirst;
        gapFirst = -1;
        if (follows) {
            listener.lost(new Vp8Loss(first, gapLast, gapMissing, false));
        } else {
            lose(first, gapLast, gapMissing);
        }
    }

    private void settleGapAsLost() {
        long first = gapFirst;
        gapFirst = -1;
        lose(first, gapLast, gapMissing);
    }

    private void lose(long first, long last, long missing) {
        open = false;
        toldUntilStart = true;
        lastPictureId = -1;
        listener.lost(new Vp8Loss(first, last, missing, true));
    }
}
