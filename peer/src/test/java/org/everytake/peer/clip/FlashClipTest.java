package org.everytake.peer.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.everytake.wire.Malformed;
import org.everytake.wire.opus.OpusPacket;
import org.everytake.wire.vp8.Vp8FrameTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlashClipTest {
    @TempDir
    Path folder;

    @Test
    void loopsWithoutASeamAndBeginsEachFlashWithAKeyFrame() throws Exception {
        Clip clip = new FlashClip("0x2060C0", 1000, 320, 180, 200, 2).in(folder);
        assertThat(clip.durationNanos()).isEqualTo(6_200_000_000L);
        assertThat(clip.video()).hasSize(186);
        for (int i = 0; i < clip.video().size(); i++) {
            Clip.Unit frame = clip.video().get(i);
            assertThat(frame.ticks()).isEqualTo(3000L * i);
            if (i % FlashClip.PERIOD_FRAMES == 0) {
                assertThat(frame.keyFrame()).isTrue();
            }
        }
        byte[] first = clip.video().getFirst().bytes();
        assertThat(Vp8FrameTag.parse(first, 0, first.length).width()).isEqualTo(320);
        assertThat(clip.audio()).hasSize(310);
        long ticks = clip.audio().getFirst().ticks();
        assertThat(ticks).as("what went into the encoder first").isZero();
        for (Clip.Unit packet : clip.audio()) {
            assertThat(packet.ticks()).isEqualTo(ticks);
            ticks += OpusPacket.parse(packet.bytes(), 0, packet.bytes().length).durationSamples();
        }
        assertThat(ticks - clip.audio().getFirst().ticks()).isEqualTo(48_000 * 62 / 10);
    }

    @Test
    void whatIsNoClipIsRefused() throws Exception {
        Path file = Files.write(folder.resolve("nothing"), new byte[100]);
        assertThatThrownBy(() -> Clip.readVideo(file)).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> Clip.readAudio(file)).isInstanceOf(Malformed.class);
    }
}
