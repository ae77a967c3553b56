package org.everytake.wire.h264;

import static org.assertj.core.api.Assertions.assertThat;

import org.everytake.wire.Hex;
import org.everytake.wire.video.Assembled;
import org.everytake.wire.video.VideoFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class H264DepacketizerTest {
    private static final byte[] PARAMETERS = Hex.bytes("78 0007 6742000af841a2 0004 68ce3880");
    private static final byte[] IDR = Hex.bytes("65 88 aabb");
    private static final byte[] SLICE = Hex.bytes("41 9a ccdd");
    /** Its first macroblock's address isn't 0: the first bit is. */
    private static final byte[] SECOND_SLICE = Hex.bytes("41 4a eeff");

    private final Assembled heard = new Assembled(new H264Depacketizer(), 10);

    @Test
    void unitsOfAnyPacketBecomeOneAccessUnit() {
        heard.push(0, false, PARAMETERS).push(0, false, IDR);
        heard.push(0, false, Hex.bytes("7c 85 4801")).push(0, false, Hex.bytes("7c 05 02"));
        heard.push(0, true, Hex.bytes("7c 45 03"));
        assertThat(heard.losses).isEmpty();
        assertThat(heard.frames).singleElement().satisfies(frame -> {
            assertThat(frame.bytes())
                    .isEqualTo(Hex.bytes(
                            "00000001 6742000af841a2 00000001 68ce3880 00000001 6588aabb" + "00000001 65 48010203"));
            assertThat(frame.keyFrame()).isTrue();
            assertThat(frame.width()).isEqualTo(128);
        });
    }

    @Test
    void parametersThatCameOnceArePutBeforeLaterKeyFrames() {
        heard.push(0, false, PARAMETERS).push(0, true, IDR).push(1, true, SLICE).push(2, true, IDR);
        assertThat(heard.frames.getLast().keyFrame()).isTrue();
        assertThat(heard.frames.getLast().bytes())
                .isEqualTo(heard.frames.getFirst().bytes());
    }

    @Test
    void parametersMayComeWithTheDescriptionOfTheStream() {
        String fmtp = "packetization-mode=1;sprop-parameter-sets=Z0IACvhBog==,aM44gA==;profile-level-id=42000a";
        Assembled described = new Assembled(new H264Depacketizer(fmtp), 1).push(0, true, IDR);
        heard.push(0, false, PARAMETERS).push(0, true, IDR);
        assertThat(described.frames).singleElement().satisfies(frame -> {
            assertThat(frame.keyFrame()).isTrue();
            assertThat(frame.width()).isEqualTo(128);
            assertThat(frame.bytes()).isEqualTo(heard.frames.getFirst().bytes());
        });
        Assembled undescribed = new Assembled(new H264Depacketizer("sprop-parameter-sets=?,,Z0"), 1);
        assertThat(undescribed.push(0, true, IDR).frames).noneMatch(VideoFrame::keyFrame);
    }

    @Test
    void withoutParametersNothingCanBegin() {
        heard.push(0, true, IDR);
        assertThat(heard.frames).noneMatch(VideoFrame::keyFrame);
    }

    @Test
    void aPictureWithoutItsMarkerEndsWhereTheTimestampChanges() {
        heard.push(0, false, PARAMETERS)
                .push(0, false, IDR)
                .push(3000, false, SLICE)
                .push(3000, true, SECOND_SLICE);
        assertThat(heard.losses).isEmpty();
        assertThat(heard.frames).extracting(VideoFrame::rtpTimestamp).containsExactly(0L, 3000L);
        assertThat(heard.frames.getLast().bytes()).hasSize(16);
    }

    @Test
    void aFirstSliceThatIsMissingIsALoss() {
        heard.push(0, false, PARAMETERS).push(0, true, IDR).miss(1).push(3000, true, SECOND_SLICE);
        assertThat(heard.frames).hasSize(1);
        assertThat(heard.losses).singleElement().matches(loss -> loss.frameLost() && loss.missingPackets() == 1);
    }

    @Test
    void whateverIsMissingIsALossBecauseNobodyCountsPictures() {
        heard.push(0, false, PARAMETERS).push(0, true, IDR).miss(1).push(3000, true, SLICE);
        assertThat(heard.losses).singleElement().matches(loss -> loss.frameLost());
        assertThat(heard.shown).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "65", // no slice
                "7c 85", // a fragment of nothing
                "7c 05 aa", // a fragment without its start
                "78 0009 6588", // STAP-A whose unit runs over the end
                "78 0000 6588", // STAP-A with an empty unit
                "78 0002 6588 00", // STAP-A with a rest
                "79 0000 0002 6588", // STAP-B
                "7a 0000 00", // MTAP16
                "7d 85 0000 88", // FU-B
                "60 00", // undefined
            })
    void whatIsUnusableIsALoss(String hex) {
        heard.push(0, true, Hex.bytes(hex));
        assertThat(heard.frames).isEmpty();
        assertThat(heard.losses).hasSize(1).allMatch(loss -> loss.frameLost());
    }

    @Test
    void aFragmentThatNeverEndsIsALoss() {
        heard.push(0, false, PARAMETERS).push(0, true, Hex.bytes("7c 85 88"));
        heard.push(1, false, Hex.bytes("7c 81 9a")).push(1, true, SECOND_SLICE);
        assertThat(heard.frames).isEmpty();
        assertThat(heard.losses).hasSize(2);
    }
}
