package org.everytake.wire.video;

import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.ByteWriter;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.video.Depacketizer.Place;

/**
 * Puts frames together from the packets of one stream, which must come in the order of their sequence numbers; a number
 * left out is a loss, one that comes late is dropped. One frame at a time is held, and each is handed out once whole.
 * Owned by one thread.
 *
 * <pre>
 *  IDLE --start of frame--> OPEN --marker, or start of the next frame--> IDLE, frame handed out
 *   |                        |
 *   +--continuation: loss    +--gap, other timestamp, too long: loss--> IDLE
 *                            +--gap behind whole lower layers--> IDLE, those handed out
 * </pre>
 *
 * Packets that are only padding change nothing.
 */
public final class FrameAssembler {
    /** What a frame may at most be, so that a hostile sender cannot fill the memory. */
    public static final int MAX_FRAME_LENGTH = 8 * 1024 * 1024;

    /** Hears, in order, of each frame and each loss. */
    public interface Listener {
        void frame(VideoFrame frame);

        void lost(VideoLoss loss);
    }

    private final Depacketizer depacketizer;
    private final Listener listener;
    private final ByteWriter frame = new ByteWriter();

    private long nextSequence = -1;
    private boolean open;
    private long timestamp;
    private int pictureId;
    private int pictureIdMask;
    private long firstSequence;

    /** Of the frame before, -1 if unknown. */
    private int lastPictureId = -1;

    /** Whether the frame with {@link #timestamp} was cut, so that what else comes of it is left out. */
    private boolean cut;

    /** A gap that began between frames, not yet told, because the next frame shows whether it matters. */
    private long gapFirst = -1;

    private long gapLast;
    private long gapMissing;

    /** Whether what is coming belongs to a frame that was already told to be lost. */
    private boolean toldUntilStart;

    /** Of the last key frame. */
    private int frameSize;

    public FrameAssembler(Depacketizer depacketizer, Listener listener) {
        this.depacketizer = depacketizer;
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
            take(depacketizer.read(buffer, offset, length), sequence, timestamp);
        } catch (Malformed unusable) {
            // The network's fault, told as a loss of this packet.
            lose(open ? firstSequence : sequence, sequence, 0);
        }
        if (marker && open) {
            finish(sequence);
        }
    }

    private void take(Place place, long sequence, long timestamp) throws Malformed {
        boolean known = timestamp == this.timestamp;
        if (place == Place.BEGINS || place == Place.MAY_BEGIN && !((open || cut) && known)) {
            begin(sequence, timestamp);
        } else if (cut && known) {
            return;
        } else if (!open) {
            if (gapFirst >= 0) {
                settleGapAsLost();
            } else if (!toldUntilStart) {
                lose(sequence, sequence, 0);
            }
            toldUntilStart = true;
            return;
        } else if (!known) {
            lose(firstSequence, sequence, 0);
            return;
        }
        depacketizer.append(frame);
        if (frame.size() > MAX_FRAME_LENGTH) {
            lose(firstSequence, sequence, 0);
        }
    }

    private void begin(long sequence, long timestamp) {
        if (open) {
            // The marker is only a hint (RFC 7741, section 4.1): nothing is missing, so the frame before is whole.
            finish(sequence - 1);
        }
        settleGap();
        open = true;
        cut = false;
        toldUntilStart = false;
        frame.clear();
        depacketizer.begin();
        firstSequence = sequence;
        pictureId = depacketizer.pictureId();
        pictureIdMask = depacketizer.pictureIdMask();
        this.timestamp = timestamp;
    }

    private void finish(long lastSequence) {
        try {
            Depacketizer.Head head = depacketizer.finish(frame);
            open = false;
            lastPictureId = pictureId;
            if (head.keyFrame()) {
                frameSize = head.size();
            }
            listener.frame(new VideoFrame(
                    timestamp,
                    head.keyFrame(),
                    FrameSize.width(frameSize),
                    FrameSize.height(frameSize),
                    firstSequence,
                    lastSequence,
                    frame.toBytes()));
        } catch (Malformed unusable) {
            // The network's fault, told as a loss of these packets.
            lose(firstSequence, lastSequence, 0);
        }
    }

    private void gap(long first, long last) {
        if (open && depacketizer.cut(frame)) {
            finish(first - 1);
            cut = !toldUntilStart;
        }
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

    private void settleGap() {
        if (gapFirst < 0) {
            return;
        }
        int next = depacketizer.pictureId();
        boolean follows = lastPictureId >= 0
                && next >= 0
                && depacketizer.pictureIdMask() == pictureIdMask
                && next == (lastPictureId + 1 & pictureIdMask);
        long first = gapFirst;
        gapFirst = -1;
        if (follows) {
            listener.lost(new VideoLoss(first, gapLast, gapMissing, false));
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
        cut = false;
        toldUntilStart = true;
        lastPictureId = -1;
        listener.lost(new VideoLoss(first, last, missing, true));
    }
}
