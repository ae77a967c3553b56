package org.everytake.wire.h264;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.everytake.wire.Hex;
import org.everytake.wire.Malformed;
import org.everytake.wire.video.FrameSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class H264PayloadTest {
    /** Baseline, level 1, 8 by 6 macroblocks, no cropping. */
    private static final String SPS = "67 42000a f841a2";

    @ParameterizedTest
    @CsvSource({
        "65 88, true", // an IDR slice
        "65 48, false", // its second slice
        "67 42, true", // a sequence parameter set
        "68 ce, false", // a picture parameter set
        "41 9a, false", // another slice
        "78 0002 68ce 0002 6588, true", // STAP-A: a picture parameter set, an IDR slice
        "78 0002 0630 0002 419a, false", // STAP-A: SEI, another slice
        "78 0009 68ce, false", // STAP-A whose unit runs over the end
        "7c 85 88, true", // FU-A: start of an IDR slice
        "7c 85 48, false", // FU-A: start of its second slice
        "7c 05 88, false", // FU-A: its middle
        "7c 81 9a, false", // FU-A: start of another slice
        "65, false",
        "78, false",
        "7c, false",
    })
    void keyFramesStartWhereAnIdrPictureOrItsParametersDo(String hex, boolean starts) {
        byte[] payload = Hex.bytes(hex);
        assertThat(H264Payload.startsKeyFrame(payload, 0, payload.length)).isEqualTo(starts);
    }

    @ParameterizedTest
    @ValueSource(strings = {SPS, "78 0002 0630 0007 " + SPS + " 0004 68ce3880"})
    void theSizeComesFromTheParameterSet(String hex) {
        byte[] payload = Hex.bytes(hex);
        assertThat(H264Payload.frameSize(payload, 0, payload.length)).isEqualTo(FrameSize.of(128, 96));
    }

    @Test
    void croppingAndEmulationPreventionAreTakenIntoAccount() throws Malformed {
        // High, level 4.0, as x264 writes it for 1920x1080: 68 macroblock rows, four cropping units of two lines
        byte[] set = Hex.bytes("67 640028 acd940780227e5c044000003000400000300f03c60c658");
        assertThat(SequenceParameterSet.parse(set, 0, set.length))
                .isEqualTo(new SequenceParameterSet(100, 40, 1920, 1080));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "67", "67 42000a", "67 42000a f8", "68 42000a f841a2", "67 42000a 00000000 00000000"})
    void unusableParameterSetsAreRefused(String hex) {
        byte[] set = Hex.bytes(hex);
        assertThatThrownBy(() -> SequenceParameterSet.parse(set, 0, set.length)).isInstanceOf(Malformed.class);
        assertThat(H264Payload.frameSize(set, 0, set.length)).isEqualTo(FrameSize.UNKNOWN);
    }
}
