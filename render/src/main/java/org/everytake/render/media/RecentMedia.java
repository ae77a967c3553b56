package org.everytake.render.media;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.everytake.render.clock.ClockMap;
import org.everytake.tape.read.TapeRecord;

/**
 * What a render that follows a recording still needs of one format of a stream: the pictures since the last key frame before
 * what is yet to be seen, and the packets of sound that were not heard yet. One thread.
 */
public final class RecentMedia {
    /** A stream without key frames must not fill the memory: what is older is lost to whoever needs it. */
    private static final long MOST_BYTES = 64 << 20;

    private final ArrayDeque<Picture> pictures = new ArrayDeque<>();
    private final ArrayDeque<TapeRecord> packets = new ArrayDeque<>();
    private long pictureBytes;
    private long packetBytes;

    public void add(Picture picture) {
        pictures.add(picture);
        pictureBytes += picture.bytes().length;
        while (pictureBytes > MOST_BYTES) {
            pictureBytes -= pictures.remove().bytes().length;
        }
    }

    /** A packet of sound, in the order of sequence. */
    public void add(TapeRecord packet) {
        packets.add(packet);
        packetBytes += packet.length();
        while (packetBytes > MOST_BYTES) {
            next();
        }
    }

    /** The pictures in their order, from a key frame on if there is one. */
    public List<Picture> pictures() {
        return List.copyOf(pictures);
    }

    /** Forgets what nobody needs who begins at this time or later. */
    public void forgetPicturesBefore(long nanos, ClockMap clock) {
        int keep = 0;
        int at = 0;
        for (Picture picture : pictures) {
            if (clock.sessionNanos(picture.timestamp()) > nanos) {
                break;
            }
            keep = picture.keyFrame() ? at : keep;
            at++;
        }
        for (; keep > 0; keep--) {
            pictureBytes -= pictures.remove().bytes().length;
        }
    }

    /** The packets of sound, each handed out once. At its end it waits for more. */
    public Iterator<TapeRecord> packets() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !packets.isEmpty();
            }

            @Override
            public TapeRecord next() {
                return RecentMedia.this.next();
            }
        };
    }

    private TapeRecord next() {
        TapeRecord packet = packets.poll();
        if (packet == null) {
            throw new NoSuchElementException();
        }
        packetBytes -= packet.length();
        return packet;
    }
}
