package org.everytake.wire.av1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.everytake.wire.Hex;
import org.everytake.wire.Malformed;
import org.everytake.wire.video.FrameSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DependencyDescriptorTest {
    /** Two spatial layers, the lower with two temporal ones. */
    private static final String STRUCTURE = "1 0 000010 0000000000000001" // S, template 2, frame 1
            + "1 0000" // a structure
            + "000010" // template offset 2
            + "00001" // two decode targets
            + "01 10 00 11" // templates of S0T0, S0T1, S1T0, S1T0
            + "0000 1111 0000 1111" // indications
            + "0 1 0001 0 1 0000 1 0010 0 0" // differences: none, 2, 1 and 3, none
            + "10" // one chain: ns(3)
            + "0001 0010 0011 0100" // differences of the chain; both targets are protected by chain 0: no bits
            + "1" // sizes
            + "0000000100111111 0000000010110011" // 320x180
            + "0000001001111111 0000000101100111"; // 640x360

    private final DependencyDescriptor descriptor = new DependencyDescriptor();

    private static byte[] bits(String text) {
        String bits = text.replace(" ", "");
        byte[] bytes = new byte[(bits.length() + 7) / 8];
        for (int i = 0; i < bits.length(); i++) {
            bytes[i / 8] |= (byte) (bits.charAt(i) - '0' << 7 - i % 8);
        }
        return bytes;
    }

    private DependencyDescriptor read(byte[] bytes) throws Malformed {
        return descriptor.read(bytes, 0, bytes.length);
    }

    @Test
    void theShortFormSaysStartEndAndNumber() throws Malformed {
        read(Hex.bytes("c3 fffe"));
        assertThat(descriptor.startOfFrame()).isTrue();
        assertThat(descriptor.endOfFrame()).isTrue();
        assertThat(descriptor.frameNumber()).isEqualTo(0xFFFE);
        assertThat(descriptor.isKeyFrame()).isFalse();
        assertThat(descriptor.spatialLayer()).as("no structure yet").isEqualTo(-1);
        assertThat(descriptor.temporalLayer()).isEqualTo(-1);
        assertThat(descriptor.layerSize(0)).isEqualTo(FrameSize.UNKNOWN);
    }

    @Test
    void theStructureSaysTheLayersOfThisAndLaterFrames() throws Malformed {
        read(bits(STRUCTURE));
        assertThat(descriptor.isKeyFrame()).isTrue();
        assertThat(descriptor.startOfFrame()).isTrue();
        assertThat(descriptor.endOfFrame()).isFalse();
        assertThat(descriptor.spatialLayer()).isZero();
        assertThat(descriptor.temporalLayer()).isZero();
        assertThat(descriptor.layerSize(0)).isEqualTo(FrameSize.of(320, 180));
        assertThat(descriptor.layerSize(1)).isEqualTo(FrameSize.of(640, 360));
        assertThat(descriptor.layerSize(2)).isEqualTo(FrameSize.UNKNOWN);
        read(Hex.bytes("03 0002"));
        assertThat(descriptor.isKeyFrame()).isFalse();
        assertThat(descriptor.temporalLayer()).isEqualTo(1);
        read(Hex.bytes("45 0003 00"));
        assertThat(descriptor.spatialLayer()).isEqualTo(1);
        assertThat(descriptor.temporalLayer()).isZero();
        read(Hex.bytes("06 0004"));
        assertThat(descriptor.spatialLayer()).as("no such template").isEqualTo(-1);
    }

    /** One spatial layer, three temporal ones: each picture of the lowest is one with which any of them may begin. */
    private static final String THREE_IN_TIME = "1 1 000000 0000000000000001" // S, E, template 0, frame 1
            + "1 0000" // a structure
            + "000000" // template offset 0
            + "00010" // three decode targets
            + "00 01 01 11" // templates of S0T0 twice, S0T1, S0T2
            + "10 10 10" // SSS: the key picture
            + "10 10 10" // SSS
            + "00 11 10" // -RS
            + "00 00 01" // --D
            + "0 1 0011 0 1 0001 0 1 0000 0" // differences: none, 4, 2, 1
            + "00" // no chain: ns(4)
            + "0"; // no sizes

    @Test
    void CAP_3_theIndicationsSayWhereMoreMayBegin() throws Malformed {
        read(bits(THREE_IN_TIME));
        assertThat(descriptor.temporalLayer()).isZero();
        assertThat(descriptor.isSwitchingPoint()).isTrue();
        read(Hex.bytes("c2 0002"));
        assertThat(descriptor.temporalLayer()).isEqualTo(1);
        assertThat(descriptor.isSwitchingPoint()).as("one may begin with S0T2").isTrue();
        read(Hex.bytes("c3 0003"));
        assertThat(descriptor.temporalLayer()).isEqualTo(2);
        assertThat(descriptor.isSwitchingPoint()).as("nothing is above").isFalse();
        // The second template with indications of its own: RRR.
        read(bits("1 1 000001 0000000000000011 0 0 1 0 0 11 11 11"));
        assertThat(descriptor.temporalLayer()).isZero();
        assertThat(descriptor.isSwitchingPoint()).isFalse();
        // With active targets before them: SSS.
        read(bits("1 1 000001 0000000000000100 0 1 1 0 0 111 10 10 10"));
        assertThat(descriptor.isSwitchingPoint()).isTrue();
        assertThatThrownBy(() -> read(bits("1 1 000001 0000000000000101 0 0 1 0 0")))
                .isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 5, 8, 12, 16, 19})
    void cutOffDescriptorsAreRefused(int length) {
        byte[] bytes = bits(STRUCTURE);
        assertThatThrownBy(() -> descriptor.read(bytes, 0, length)).isInstanceOf(Malformed.class);
        assertThat(descriptor.spatialLayer()).isEqualTo(-1);
    }

    @Test
    void moreLayersThanThereCanBeAreRefused() {
        byte[] spatial = bits("10000010 0000000000000001 1 0000 000010 00001" + "10".repeat(4));
        assertThatThrownBy(() -> read(spatial)).isInstanceOf(Malformed.class);
        byte[] templates = bits("10000010 0000000000000001 1 0000 000010 00001" + "00".repeat(64));
        assertThatThrownBy(() -> read(templates)).isInstanceOf(Malformed.class);
    }
}
