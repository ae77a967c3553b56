package org.everytake.render.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.everytake.render.material.Tools;
import org.junit.jupiter.api.Test;

class FragmentReaderTest {
    private static byte[] fragments(String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc=s=160x90:r=25", "-frames:v", "60"));
        command.addAll(List.of(more));
        command.addAll(List.of(
                "-c:v",
                "libx264",
                "-pix_fmt",
                "yuv420p",
                "-g",
                "20",
                "-f",
                "mp4",
                "-movflags",
                "+frag_keyframe+empty_moov+default_base_moof",
                "pipe:1"));
        return Tools.run(command.toArray(String[]::new));
    }

    private static VideoSamples read(byte[] bytes, ByteArrayOutputStream out) throws IOException {
        return new FragmentReader(new ByteArrayInputStream(bytes), out, count -> {}).read();
    }

    @Test
    void picturesAreFoundInTheOrderInWhichTheyAreShown() throws Exception {
        for (String bFrames : new String[] {"0", "2", "4"}) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            VideoSamples samples = read(fragments("-bf", bFrames), out);
            assertThat(samples.count()).isEqualTo(60);
            boolean[] seen = new boolean[60];
            int bytes = 0;
            int delay = samples.delay();
            for (int i = 0; i < 60; i++) {
                int shown = i + samples.compositionOffset(i, delay) - delay;
                assertThat(seen[shown]).isFalse();
                seen[shown] = true;
                bytes += samples.size(i);
                assertThat(samples.isKey(i)).isEqualTo(shown % 20 == 0 && i == shown);
            }
            assertThat(out.size()).isEqualTo(bytes);
            assertThat(delay == 0).isEqualTo(bFrames.equals("0"));
        }
    }

    @Test
    void damageIsAnIoExceptionOrHarmless() throws Exception {
        byte[] whole = fragments();
        assertThatThrownBy(() -> read(Arrays.copyOf(whole, whole.length - 700), new ByteArrayOutputStream()))
                .isInstanceOf(IOException.class);
        Random random = new Random(5);
        int refused = 0;
        for (int n = 0; n < 300; n++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(1500)] = (byte) random.nextInt();
            try {
                read(damaged, new ByteArrayOutputStream());
            } catch (IOException told) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }
}
