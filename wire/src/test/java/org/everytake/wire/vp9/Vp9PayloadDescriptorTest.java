package org.everytake.wire.vp9;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.everytake.wire.Hex;
import org.everytake.wire.Malformed;
import org.everytake.wire.video.FrameSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Vp9PayloadDescriptorTest {
    /** Key frame, profile 0, shown: marker and type; sync code; colour; 640 and 360 less one, from bit 36 on. */
    private static final String KEY_FRAME = "82 498342 0 027f 0167 0";

    private static Vp9PayloadDescriptor descriptor(String hex) throws Malformed {
        byte[] bytes = Hex.bytes(hex);
        Vp9PayloadDescriptor descriptor = new Vp9PayloadDescriptor().wrap(bytes, 0, bytes.length);
        assertThat(descriptor.length()).isEqualTo(bytes.length);
        return descriptor;
    }

    @Test
    void thePlainestSaysNothing() throws Malformed {
        Vp9PayloadDescriptor plain = descriptor("0c"); // B E
        assertThat(plain.beginsLayer() && plain.endsLayer()).isTrue();
        assertThat(plain.pictureId()).isEqualTo(-1);
        assertThat(plain.spatialLayer()).isEqualTo(-1);
        assertThat(plain.temporalLayer()).isEqualTo(-1);
        assertThat(plain.tl0PicIdx()).isEqualTo(-1);
        assertThat(plain.isSwitchingPoint() || plain.isInterLayerPredicted()).isFalse();
    }

    @Test
    void nonFlexibleModeCountsBaseLayerPictures() throws Malformed {
        // I P L B E Z | M 0x1234 | TID 2, U, SID 1, D | TL0PICIDX 7
        Vp9PayloadDescriptor descriptor = descriptor("ed 9234 53 07");
        assertThat(descriptor.isInterPredicted()).isTrue();
        assertThat(descriptor.isUnusedByHigherLayers()).isTrue();
        assertThat(descriptor.pictureId()).isEqualTo(0x1234);
        assertThat(descriptor.temporalLayer()).isEqualTo(2);
        assertThat(descriptor.isSwitchingPoint()).isTrue();
        assertThat(descriptor.spatialLayer()).isEqualTo(1);
        assertThat(descriptor.isInterLayerPredicted()).isTrue();
        assertThat(descriptor.tl0PicIdx()).isEqualTo(7);
    }

    @Test
    void flexibleModeNamesUpToThreePictures() throws Malformed {
        // I P L F E | 7 bits: 5 | TID 0, SID 2 | P_DIFF 1, 2, 3
        Vp9PayloadDescriptor descriptor = descriptor("f4 05 04 03 05 06");
        assertThat(descriptor.pictureId()).isEqualTo(5);
        assertThat(descriptor.longPictureId()).isFalse();
        assertThat(descriptor.spatialLayer()).isEqualTo(2);
        assertThat(descriptor.tl0PicIdx()).isEqualTo(-1);
    }

    @Test
    void theStructureSaysSizesAndGroupsOfPictures() throws Malformed {
        // B V | two layers, Y, G | 320x180, 640x360 | two pictures: TID 0 with none, TID 1 with two references
        Vp9PayloadDescriptor descriptor = descriptor("0a 38 0140 00b4 0280 0168 02 00 28 01 02");
        assertThat(descriptor.layerSizes()).isEqualTo(2);
        assertThat(descriptor.layerSize(0)).isEqualTo(FrameSize.of(320, 180));
        assertThat(descriptor.layerSize(1)).isEqualTo(FrameSize.of(640, 360));
        assertThat(descriptor.layerSize(2)).isEqualTo(FrameSize.UNKNOWN);
    }

    @Test
    void idsAreRewrittenInTheWidthThatTheyHave() {
        byte[] bytes = Hex.bytes("ed 9234 53 07 aa");
        try {
            Vp9PayloadDescriptor descriptor = new Vp9PayloadDescriptor().wrap(bytes, 0, bytes.length);
            descriptor.pictureId(0x18001);
            descriptor.tl0PicIdx(0x1FF);
            assertThat(bytes).isEqualTo(Hex.bytes("ed 8001 53 ff aa"));
            byte[] narrow = Hex.bytes("8c 05 aa");
            new Vp9PayloadDescriptor().wrap(narrow, 0, 3).pictureId(0x0181);
            assertThat(narrow).isEqualTo(Hex.bytes("8c 01 aa"));
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "80",
                "80 80",
                "a0 05",
                "a0 05 00",
                "50",
                "50 03",
                "50 03 03 03",
                "02",
                "02 10",
                "02 10 0140 00",
                "02 08",
                "02 08 01",
                "02 08 01 04"
            })
    void cutOffDescriptorsAreRefused(String hex) {
        byte[] bytes = Hex.bytes(hex);
        assertThatThrownBy(() -> new Vp9PayloadDescriptor().wrap(bytes, 0, bytes.length))
                .isInstanceOf(Malformed.class);
        assertThat(Vp9PayloadDescriptor.frameSize(bytes, 0, bytes.length)).isEqualTo(FrameSize.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "08 aa, true", // B
        "48 aa, false", // B P
        "00 aa, false", // in the middle of it
        "a8 8001 00 07 aa, true", // B, first spatial layer
        "a8 8001 e0 07 aa, true", // the first spatial layer of temporal layer 7
        "a8 8001 02 07 aa, false", // B, second spatial layer
        "a8 05 02 07 aa, false", // the same after a short picture id
        "a8 8001, false", // cut off
        "08, false",
    })
    void keyFramesStartAtTheLowestLayerThatRefersToNothing(String hex, boolean starts) {
        byte[] payload = Hex.bytes(hex);
        assertThat(Vp9PayloadDescriptor.startsKeyFrame(payload, 0, payload.length))
                .isEqualTo(starts);
    }

    @Test
    void theSizeComesFromTheStructureOrTheFrame() {
        byte[] structure = Hex.bytes("0a 10 0140 00b4 " + KEY_FRAME);
        assertThat(Vp9PayloadDescriptor.frameSize(structure, 0, structure.length))
                .isEqualTo(FrameSize.of(320, 180));
        byte[] frame = Hex.bytes("08" + KEY_FRAME);
        assertThat(Vp9PayloadDescriptor.frameSize(frame, 0, frame.length)).isEqualTo(FrameSize.of(640, 360));
    }
}
