package org.everytake.wire.vp9;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.everytake.wire.codec.Bitstreams;
import org.everytake.wire.codec.VideoCodec;
import org.everytake.wire.video.Assembled;
import org.everytake.wire.video.VideoFrame;
import org.junit.jupiter.api.Test;

/** Pictures of two spatial layers; what the layers show is the same, since the assembler does not look into them. */
class Vp9LayersTest {
    private static final List<byte[]> LAYER = Bitstreams.of(VideoCodec.VP9);
    private static final int KEY_FRAME_EVERY = 16;

    private final Vp9Packetizer packetizer = new Vp9Packetizer(1200, 32_765);
    private final Assembled heard = new Assembled(new Vp9Depacketizer(), 1);

    private List<byte[]> picture(int n) {
        return packetizer.packetizeLayers(List.of(LAYER.get(n), LAYER.get(n)));
    }

    private void push(int n) {
        heard.push(3000L * n, picture(n));
    }

    private static void isWhole(VideoFrame frame, int n) {
        byte[] layer = LAYER.get(n);
        byte[] bytes = frame.bytes();
        int width = (bytes[bytes.length - 1] >>> 3 & 3) + 1;
        assertThat(bytes).startsWith(layer).hasSize(2 * layer.length + 2 + 2 * width);
        assertThat(bytes[bytes.length - 1]).isEqualTo((byte) (0xC0 | width - 1 << 3 | 1));
        assertThat(bytes[bytes.length - 2 - 2 * width]).isEqualTo(bytes[bytes.length - 1]);
        assertThat(bytes[bytes.length - 1 - 2 * width]).isEqualTo((byte) layer.length);
    }

    @Test
    void CAP_3_theLayersOfAPictureBecomeOneSuperframe() {
        for (int n = 0; n < 20; n++) {
            push(n);
        }
        assertThat(heard.losses).isEmpty();
        assertThat(heard.frames).hasSize(20);
        for (int n = 0; n < 20; n++) {
            isWhole(heard.frames.get(n), n);
            assertThat(heard.frames.get(n).keyFrame()).isEqualTo(n % KEY_FRAME_EVERY == 0);
            assertThat(heard.frames.get(n).width()).isEqualTo(Bitstreams.WIDTH);
        }
    }

    @Test
    void CAP_3_aSuperframeIsSentAsTheLayersOfAPicture() {
        List<byte[]> frames = List.of(LAYER.get(1), new byte[300], new byte[70_000]);
        frames.get(1)[0] = (byte) 0x86;
        frames.get(2)[0] = (byte) 0x86;
        push(0);
        heard.push(3000, packetizer.packetize(Vp9Superframe.of(frames)));
        assertThat(heard.losses).isEmpty();
        assertThat(heard.frames.getLast().bytes()).isEqualTo(Vp9Superframe.of(frames));
        assertThat(Vp9Superframe.split(heard.frames.getLast().bytes())).containsExactlyElementsOf(frames);
        byte[] cut = {1, 2, (byte) 0xC1, 9, 9, (byte) 0xC1};
        assertThat(Vp9Superframe.split(cut)).as("lengths that do not fit").containsExactly(cut);
    }

    @Test
    void aLossInTheUpperLayerCostsThatLayerUntilItBeginsAnew() {
        for (int n = 0; n < 20; n++) {
            List<byte[]> payloads = picture(n);
            if (n == 4) {
                heard.push(3000L * n, false, payloads.getFirst()).miss(payloads.size() - 1);
                assertThat(payloads).as("a packet a layer").hasSize(2);
            } else {
                heard.push(3000L * n, payloads);
            }
        }
        assertThat(heard.losses).singleElement().matches(loss -> !loss.frameLost());
        assertThat(heard.shown).hasSize(20);
        for (int n = 0; n < 20; n++) {
            if (n >= 4 && n < KEY_FRAME_EVERY) {
                assertThat(heard.shown.get(n).bytes()).as("picture %s", n).isEqualTo(LAYER.get(n));
            } else {
                isWhole(heard.shown.get(n), n);
            }
        }
    }

    @Test
    void theRestOfAnUpperLayerBehindALossIsLeftOut() {
        List<byte[]> key = picture(0);
        int base = key.size() / 2;
        for (int i = 0; i < key.size(); i++) {
            if (i == base + 1) {
                heard.miss(1);
            } else {
                heard.push(0, i == key.size() - 1, key.get(i));
            }
        }
        push(1);
        assertThat(key.size()).isGreaterThan(base + 2);
        assertThat(heard.losses).singleElement().matches(loss -> !loss.frameLost() && loss.missingPackets() == 1);
        assertThat(heard.shown).extracting(VideoFrame::bytes).containsExactly(LAYER.get(0), LAYER.get(1));
    }

    @Test
    void aLossInTheBaseLayerCostsThePicture() {
        push(0);
        List<byte[]> payloads = picture(1);
        heard.miss(1).push(3000, true, payloads.getLast());
        push(2);
        assertThat(heard.losses).singleElement().matches(loss -> loss.frameLost());
        assertThat(heard.shown).hasSize(1);
    }

    @Test
    void aLossThatSwallowsTheNextPictureTooIsOne() {
        push(0);
        heard.push(3000, false, picture(1).getFirst());
        heard.miss(1 + picture(2).size());
        push(3);
        assertThat(heard.losses).singleElement().matches(loss -> loss.frameLost() && loss.missingPackets() == 3);
        assertThat(heard.shown).hasSize(2);
    }
}
