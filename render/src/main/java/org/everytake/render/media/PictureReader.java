package org.everytake.render.media;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Gives the pictures of a stream as a {@link PictureAssembler} makes them. One thread. */
public final class PictureReader implements Iterator<Picture> {
    private final RtpReader packets;
    private final PictureAssembler assembler;
    private @Nullable Picture picture;

    public PictureReader(RtpReader packets) {
        this.packets = packets;
        this.assembler = new PictureAssembler(packets.format());
    }

    @Override
    public boolean hasNext() {
        while (picture == null) {
            picture = assembler.poll();
            if (picture == null) {
                if (!packets.next()) {
                    return false;
                }
                assembler.push(packets);
            }
        }
        return true;
    }

    @Override
    public Picture next() {
        Picture next = hasNext() ? picture : null;
        if (next == null) {
            throw new NoSuchElementException();
        }
        picture = null;
        return next;
    }
}
