package org.everytake.wire.vp8;

import static org.assertj.core.api.Assertions.assertThat;

import org.everytake.wire.Hex;
import org.everytake.wire.Malformed;
import org.everytake.wire.video.FrameSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Vp8DescriptorViewTest {
    @Test
    void numbersAreRewrittenInTheWidthThatTheyHave() throws Malformed {
        byte[] bytes = Hex.bytes("b0 f0 8001 05 41 aa");
        Vp8DescriptorView view = new Vp8DescriptorView().wrap(bytes, 0, bytes.length);
        view.pictureId(0x1FFFE);
        view.tl0PicIdx(0x107);
        view.keyIndex(0x3F);
        assertThat(bytes).isEqualTo(Hex.bytes("b0 f0 fffe 07 5f aa"));
        assertThat(view.pictureId()).isEqualTo(0x7FFE);
        assertThat(view.tl0PicIdx()).isEqualTo(7);
        assertThat(view.keyIndex()).isEqualTo(31);
        assertThat(view.temporalLayer()).isEqualTo(1);
        assertThat(view.layerSync()).isFalse();
        assertThat(view.nonReference()).isTrue();
        byte[] narrow = Hex.bytes("90 80 7f aa");
        view.wrap(narrow, 0, narrow.length).pictureId(0x80);
        assertThat(narrow).isEqualTo(Hex.bytes("90 80 00 aa"));
    }

    @Test
    void whatIsAbsentIsNotWritten() throws Malformed {
        byte[] bytes = Hex.bytes("10 aa bb cc");
        Vp8DescriptorView view = new Vp8DescriptorView().wrap(bytes, 0, bytes.length);
        view.pictureId(1);
        view.tl0PicIdx(1);
        view.keyIndex(1);
        assertThat(bytes).isEqualTo(Hex.bytes("10 aa bb cc"));
        assertThat(view.pictureId() + view.tl0PicIdx() + view.keyIndex() + view.temporalLayer())
                .isEqualTo(-4);
    }

    @ParameterizedTest
    @CsvSource({
        "10 00, true", // S, no extension, P = 0
        "10 01, false", // another frame
        "00 00, false", // not the start of a partition
        "11 00, false", // the second partition
        "90 80 8501 00, true", // picture id of 15 bits
        "90 80 05 01, false", // picture id of 7 bits
        "90 e0 8501 02 03 00, true", // all fields
        "10, false",
        "90, false",
        "90 80, false",
        "90 f0 85, false",
    })
    void keyFramesStartWhereTheFirstBitOfTheFrameIsZero(String hex, boolean starts) {
        byte[] payload = Hex.bytes(hex);
        assertThat(Vp8PayloadDescriptor.startsKeyFrame(payload, 0, payload.length))
                .isEqualTo(starts);
        assertThat(Vp8PayloadDescriptor.frameSize(payload, 0, payload.length)).isEqualTo(FrameSize.UNKNOWN);
    }

    @Test
    void theSizeComesFromTheFrame() {
        byte[] payload = Hex.bytes("90 80 8501 904602 9d012a 8002 e001");
        assertThat(Vp8PayloadDescriptor.frameSize(payload, 0, payload.length)).isEqualTo(FrameSize.of(640, 480));
    }
}
