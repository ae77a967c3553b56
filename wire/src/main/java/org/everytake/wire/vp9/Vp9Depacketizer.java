package org.everytake.wire.vp9;

import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.ByteWriter;
import org.everytake.wire.video.Depacketizer;
import org.everytake.wire.video.FrameSize;

/**
 * VP9 out of RTP payloads. The spatial layers of a picture become one {@link Vp9Superframe};
 * what is lost of a higher layer costs that layer and those above until it begins anew, and not the picture. Owned by one
 * thread.
 */
@SuppressWarnings("exports")
public final class Vp9Depacketizer implements Depacketizer {
    private static final String WHAT = "VP9 payload";
    private static final int UNBROKEN = Integer.MAX_VALUE;

    private final Vp9PayloadDescriptor descriptor = new Vp9PayloadDescriptor();
    private byte[] buffer = {};
    private int at;
    private int length;

    /** How long each layer's frame is in the picture that is being put together. */
    private final int[] layerLengths = new int[Vp9PayloadDescriptor.MOST_LAYERS];

    private int layers;
    private int layerStart;
    private boolean layerOpen;
    private int openLayer;

    /** The highest spatial layer whose frame is whole in this picture. */
    private int top = -1;

    /** The lowest spatial layer that can't be decoded. */
    private int brokenFrom = UNBROKEN;

    private final int[] layerSizes = new int[Vp9PayloadDescriptor.MOST_LAYERS];

    @Override
    public Place read(byte[] buffer, int offset, int length) throws Malformed {
        int head = descriptor.wrap(buffer, offset, length).length();
        if (head == length) {
            throw new Malformed(WHAT, head, "no data");
        }
        this.buffer = buffer;
        this.at = offset + head;
        this.length = length - head;
        if (!descriptor.beginsLayer() || descriptor.isInterLayerPredicted()) {
            return Place.CONTINUES;
        }
        return layer() == 0 ? Place.BEGINS : Place.MAY_BEGIN;
    }

    private int layer() {
        return Math.max(0, descriptor.spatialLayer());
    }

    @Override
    public void begin() {
        layers = 0;
        layerOpen = false;
        top = -1;
    }

    @Override
    public void append(ByteWriter frame) throws Malformed {
        if (!isUsable()) {
            return;
        }
        for (int i = 0; i < descriptor.layerSizes(); i++) {
            layerSizes[i] = descriptor.layerSize(i);
        }
        if (descriptor.beginsLayer()) {
            end(frame);
            if (layers == layerLengths.length) {
                throw new Malformed(WHAT, 0, "more than eight layers");
            }
            layerOpen = true;
            openLayer = layer();
            layerStart = frame.size();
        } else if (!layerOpen) {
            throw new Malformed(WHAT, 0, "a layer without its start");
        }
        frame.bytes(buffer, at, length);
        if (descriptor.endsLayer()) {
            end(frame);
        }
    }

    /** Whether what was read can be decoded with what is there; a layer that is coded from the one below mends itself. */
    private boolean isUsable() {
        int layer = layer();
        boolean anew = descriptor.beginsLayer() && !descriptor.isInterPredicted();
        if (anew && (layer == 0 || layer == brokenFrom && top == layer - 1)) {
            brokenFrom = UNBROKEN;
        }
        return layer < brokenFrom;
    }

    private void end(ByteWriter frame) {
        if (layerOpen) {
            layerOpen = false;
            layerLengths[layers++] = frame.size() - layerStart;
            top = openLayer;
        }
    }

    @Override
    public boolean cut(ByteWriter frame) {
        if (layers == 0) {
            return false;
        }
        if (layerOpen) {
            layerOpen = false;
            frame.truncate(layerStart);
        }
        brokenFrom = Math.min(brokenFrom, top + 1);
        return true;
    }

    @Override
    public Head finish(ByteWriter frame) throws Malformed {
        end(frame); // the marker, or the next picture, may say what E did not
        if (layers == 0) {
            throw new Malformed(WHAT, 0, "no layer that can be decoded");
        }
        int size = Vp9FrameHeader.keyFrameSize(frame.array(), 0, layerLengths[0]);
        boolean keyFrame = size != FrameSize.UNKNOWN;
        if (layers > 1) {
            Vp9Superframe.writeIndex(frame, layerLengths, layers);
            size = keyFrame && layerSizes[top] != FrameSize.UNKNOWN ? layerSizes[top] : size;
        }
        return new Head(keyFrame, size);
    }

    /** Of a picture that begins with a higher layer nobody knows whether the lower one is missing. */
    @Override
    public int pictureId() {
        return layer() == 0 ? descriptor.pictureId() : -1;
    }

    @Override
    public int pictureIdMask() {
        return descriptor.longPictureId() ? 0x7FFF : 0x7F;
    }
}
