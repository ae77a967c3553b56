package org.everytake.wire.av1;

import java.util.Arrays;
import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.BitReader;
import org.everytake.wire.bytes.Bytes;
import org.everytake.wire.video.FrameSize;

/**
 * What the header extension {@link org.everytake.wire.sdp.ExtMap#DEPENDENCY_DESCRIPTOR} says of the frame that a packet belongs to (RTP payload format
 * for AV1, appendix A). One object reads the descriptors of one stream one after the other and keeps the structure that
 * came with the last key frame: later ones only name a template of it. Owned by one thread.
 *
 * <pre>
 *   0                   1                   2
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3
 *  +-+-+-----------+-------------------------------+
 *  |S|E|template id|         frame number          |  S, E: the frame's first, last packet
 *  +-+-+-----------+-------------------------------+  then, if there is more, five flags: structure, active decode
 *                                                     targets, own indications, own differences, own chains
 * </pre>
 */
public final class DependencyDescriptor {
    private static final String WHAT = "dependency descriptor";
    private static final int MOST_TEMPLATES = 64;
    private static final int MANDATORY_LENGTH = 3;
    private static final int MOST_SPATIAL_LAYERS = 4;
    private static final int MOST_TARGETS = 32;

    /** Decode target indications (section A.8.1): not in it; in it, and nothing refers to it; one may begin with it; in it. */
    private static final int NOT_PRESENT = 0;

    private static final int SWITCH = 2;

    private boolean startOfFrame;
    private boolean endOfFrame;
    private boolean structure;
    private int frameNumber;
    private int template;

    private int templateOffset;
    private int templates;
    private final byte[] spatialLayers = new byte[MOST_TEMPLATES];
    private final byte[] temporalLayers = new byte[MOST_TEMPLATES];
    private final int[] layerSizes = new int[MOST_SPATIAL_LAYERS];

    private int targets;

    /** By template and target. */
    private final byte[] indications = new byte[MOST_TEMPLATES * MOST_TARGETS];

    /** Of each target the highest layers. */
    private final byte[] targetSpatialLayers = new byte[MOST_TARGETS];

    private final byte[] targetTemporalLayers = new byte[MOST_TARGETS];

    /** This frame's own, if it has such. */
    private final byte[] ownIndications = new byte[MOST_TARGETS];

    private boolean hasOwnIndications;

    /**
     * Reads the next descriptor.
     *
     * @return this
     */
    public DependencyDescriptor read(byte[] buffer, int offset, int length) throws Malformed {
        if (length < MANDATORY_LENGTH) {
            throw new Malformed(WHAT, length, "cut off");
        }
        int first = Bytes.u8(buffer, offset);
        startOfFrame = (first & 0x80) != 0;
        endOfFrame = (first & 0x40) != 0;
        frameNumber = Bytes.u16(buffer, offset + 1);
        template = first & 0x3F;
        structure = false;
        hasOwnIndications = false;
        if (length > MANDATORY_LENGTH) {
            extended(new BitReader(WHAT, buffer, offset + MANDATORY_LENGTH, length - MANDATORY_LENGTH));
        }
        return this;
    }

    private void extended(BitReader in) throws Malformed {
        structure = in.flag();
        boolean activeTargets = in.flag();
        boolean own = in.flag();
        in.skip(2); // own differences, own chains: behind what is of use
        if (structure) {
            templates = 0; // none, should what follows be unusable
            structure(in);
        }
        if (templates == 0) {
            return; // nobody knows how many targets there are
        }
        if (activeTargets) {
            in.skip(targets);
        }
        if (own) {
            for (int target = 0; target < targets; target++) {
                ownIndications[target] = (byte) in.i(2);
            }
            hasOwnIndications = true;
        }
    }

    private void structure(BitReader in) throws Malformed {
        templateOffset = in.i(6);
        targets = in.i(5) + 1;
        int count = layers(in);
        int highest = spatialLayers[count - 1];
        indications(in, count);
        for (int i = 0; i < count; i++) {
            while (in.flag()) {
                in.skip(4); // fdiff_minus_one
            }
        }
        int chains = in.ns(targets + 1);
        if (chains > 0) {
            for (int i = 0; i < targets; i++) {
                in.ns(chains); // decode_target_protected_by
            }
            for (int i = 0; i < count * chains; i++) {
                in.skip(4); // template_chain_fdiff
            }
        }
        boolean sizes = in.flag();
        for (int layer = 0; layer < MOST_SPATIAL_LAYERS; layer++) {
            boolean said = sizes && layer <= highest;
            layerSizes[layer] = said ? FrameSize.of(in.i(16) + 1, in.i(16) + 1) : FrameSize.UNKNOWN;
        }
        templates = count;
    }

    private void indications(BitReader in, int count) throws Malformed {
        Arrays.fill(targetSpatialLayers, (byte) 0);
        Arrays.fill(targetTemporalLayers, (byte) 0);
        for (int index = 0; index < count; index++) {
            for (int target = 0; target < targets; target++) {
                int indication = in.i(2);
                indications[index * MOST_TARGETS + target] = (byte) indication;
                if (indication != NOT_PRESENT) {
                    targetSpatialLayers[target] = (byte) Math.max(targetSpatialLayers[target], spatialLayers[index]);
                    targetTemporalLayers[target] = (byte) Math.max(targetTemporalLayers[target], temporalLayers[index]);
                }
            }
        }
    }

    /** Each template has the layers of the one before, or is one higher in time, or the first of the next in space. */
    private int layers(BitReader in) throws Malformed {
        int spatial = 0;
        int temporal = 0;
        int count = 0;
        for (int next = 0; next != 3; next = in.i(2)) {
            temporal = next == 2 ? 0 : temporal + next;
            spatial += next == 2 ? 1 : 0;
            if (count == MOST_TEMPLATES || spatial >= MOST_SPATIAL_LAYERS || temporal > 7) {
                throw new Malformed(WHAT, MANDATORY_LENGTH, "more layers than there can be");
            }
            spatialLayers[count] = (byte) spatial;
            temporalLayers[count++] = (byte) temporal;
        }
        return count;
    }

    /** Whether this packet is its frame's first. */
    public boolean startOfFrame() {
        return startOfFrame;
    }

    /** Whether this packet is its frame's last. */
    public boolean endOfFrame() {
        return endOfFrame;
    }

    /** Counts frames of all layers, 0 to 65535. */
    public int frameNumber() {
        return frameNumber;
    }

    /** Whether a structure came with it: the packet begins a key frame, a coded video sequence. */
    public boolean isKeyFrame() {
        return structure;
    }

    /** The frame's spatial layer, 0 to 3; -1 if the structure that says it did not come. */
    public int spatialLayer() {
        int index = template - templateOffset & MOST_TEMPLATES - 1;
        return index < templates ? spatialLayers[index] : -1;
    }

    /** The frame's temporal layer, 0 to 7; -1 if the structure that says it did not come. */
    public int temporalLayer() {
        int index = template - templateOffset & MOST_TEMPLATES - 1;
        return index < templates ? temporalLayers[index] : -1;
    }

    /**
     * Whether one may go up in time here: whoever has decoded this frame, of the highest spatial layer that they get, can
     * decode all later frames of every higher temporal layer.
     */
    public boolean isSwitchingPoint() {
        int index = template - templateOffset & MOST_TEMPLATES - 1;
        if (index >= templates) {
            return false;
        }
        boolean higher = false;
        for (int target = 0; target < targets; target++) {
            if (targetSpatialLayers[target] != spatialLayers[index]
                    || targetTemporalLayers[target] <= temporalLayers[index]) {
                continue;
            }
            higher = true;
            int indication = hasOwnIndications ? ownIndications[target] : indications[index * MOST_TARGETS + target];
            if (indication != SWITCH) {
                return false;
            }
        }
        return higher;
    }

    /** The {@link FrameSize} of a spatial layer, unknown if the structure does not say it. */
    public int layerSize(int spatialLayer) {
        boolean known = templates > 0 && spatialLayer >= 0 && spatialLayer < MOST_SPATIAL_LAYERS;
        return known ? layerSizes[spatialLayer] : FrameSize.UNKNOWN;
    }
}
