package org.everytake.render.media;

import org.jspecify.annotations.Nullable;

/** Gives the pictures of a stream as a {@link PictureAssembler} makes them. One thread. */
public final class PictureReader {
    private final RtpReader packets;
    private final PictureAssembler assembler;

    public PictureReader(RtpReader packets) {
        this.packets = packets;
        this.assembler = new PictureAssembler(packets.format());
    }

    /** The next picture, or null at the end. */
    public @Nullable Picture next() {
        Picture picture = assembler.poll();
        while (picture == null && packets.next()) {
            assembler.push(packets);
            picture = assembler.poll();
        }
        return picture;
    }
}
