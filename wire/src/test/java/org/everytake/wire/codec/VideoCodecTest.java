package org.everytake.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import org.everytake.wire.video.Assembled;
import org.everytake.wire.video.FrameSize;
import org.everytake.wire.video.Packetizer;
import org.everytake.wire.video.VideoFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real encoders' pictures through packets and back. */
class VideoCodecTest {
    private static final int FRAME_TICKS = 3000;

    @ParameterizedTest
    @EnumSource
    void CAP_3_picturesComeOutAsTheyWentIn(VideoCodec codec) {
        List<byte[]> sent = Bitstreams.of(codec);
        assertThat(sent).hasSize(40);
        Packetizer packetizer = codec.packetizer(300, 32_760);
        Assembled heard = new Assembled(codec.depacketizer(), 65_500);
        for (int i = 0; i < sent.size(); i++) {
            heard.push(0xFFFF_0000L + FRAME_TICKS * i & 0xFFFF_FFFFL, packetizer.packetize(sent.get(i)));
        }
        assertThat(heard.losses).isEmpty();
        assertThat(heard.frames).extracting(VideoFrame::bytes).containsExactlyElementsOf(sent);
        for (int i = 0; i < sent.size(); i++) {
            VideoFrame frame = heard.frames.get(i);
            assertThat(frame.keyFrame()).as("frame %s", i).isEqualTo(i % 16 == 0);
            assertThat(frame.width()).isEqualTo(Bitstreams.WIDTH);
            assertThat(frame.height()).isEqualTo(Bitstreams.HEIGHT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theFirstPayloadOfAKeyFrameAndNoOtherStartsOne(VideoCodec codec) {
        Packetizer packetizer = codec.packetizer(300, 1);
        List<byte[]> sent = Bitstreams.of(codec);
        for (int i = 0; i < sent.size(); i++) {
            List<byte[]> payloads = packetizer.packetize(sent.get(i));
            for (int p = 0; p < payloads.size(); p++) {
                byte[] payload = payloads.get(p);
                boolean starts = codec.startsKeyFrame(payload, 0, payload.length);
                if (p == 0) {
                    assertThat(starts).as("frame %s", i).isEqualTo(i % 16 == 0);
                } else if (codec != VideoCodec.H264) { // there the picture may follow its parameters in another payload
                    assertThat(starts).as("frame %s payload %s", i, p).isFalse();
                }
            }
            byte[] first = payloads.getFirst();
            int size = codec.frameSize(first, 0, first.length);
            assertThat(size)
                    .as("frame %s", i)
                    .isEqualTo(i % 16 == 0 ? FrameSize.of(Bitstreams.WIDTH, Bitstreams.HEIGHT) : FrameSize.UNKNOWN);
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterLossesComeOnlyPicturesThatWereSent(VideoCodec codec) {
        List<byte[]> sent = Bitstreams.of(codec);
        Random random = new Random(7);
        Packetizer packetizer = codec.packetizer(200, 1);
        Assembled heard = new Assembled(codec.depacketizer(), 1);
        for (int i = 0; i < 400; i++) {
            List<byte[]> payloads = packetizer.packetize(sent.get(i % sent.size()));
            for (int p = 0; p < payloads.size(); p++) {
                if (random.nextInt(60) == 0) {
                    heard.miss(1);
                } else {
                    heard.push((long) FRAME_TICKS * i, p == payloads.size() - 1, payloads.get(p));
                }
            }
        }
        assertThat(heard.losses).isNotEmpty();
        assertThat(heard.frames).hasSizeBetween(40, 399);
        assertThat(heard.shown)
                .hasSizeGreaterThan(40)
                .allSatisfy(frame -> assertThat(frame.bytes())
                        .isEqualTo(sent.get((int) (frame.rtpTimestamp() / FRAME_TICKS % sent.size()))));
    }

    @Test
    void questionsOnThePathOfAPacketAllocateNothing() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (VideoCodec codec : VideoCodec.values()) {
            byte[] payload = codec.packetizer(1200, 1)
                    .packetize(Bitstreams.of(codec).get(16))
                    .getFirst();
            int keyFrames = 0;
            for (int i = 0; i < 20_000; i++) {
                keyFrames += codec.startsKeyFrame(payload, 0, payload.length) ? 1 : 0;
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 20_000; i++) {
                keyFrames += codec.startsKeyFrame(payload, 0, payload.length) ? 1 : 0;
            }
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
            assertThat(keyFrames).isEqualTo(40_000);
        }
    }

    @Test
    void namesAreThoseOfSdpInAnyCase() {
        assertThat(VideoCodec.of("vp8")).contains(VideoCodec.VP8);
        assertThat(VideoCodec.of("H264")).contains(VideoCodec.H264);
        assertThat(VideoCodec.of("AV1")).contains(VideoCodec.AV1);
        assertThat(VideoCodec.of("rtx")).isEmpty();
    }
}
