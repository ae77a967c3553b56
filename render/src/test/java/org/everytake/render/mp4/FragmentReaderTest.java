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
        return new FragmentReader(new ByteArrayInputStream(bytes), 25, out, count -> {}).read();
    }

    @Test
    void picturesAreFoundInTheOrderInWhichTheyAreShown() throws Exception {
        for (String bFrames : new String[] {"0", "2", "4"}) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            VideoSamples samples = read(fragments("-bf", bFrames), out);
            assertThat(samples.count()).isEqualTo(60);
            boolean[] seen = new boolean[60];
            int bytes = 0;
            long delay = samples.delay();
            long[] decodedAt = samples.decodedAt();
            for (int i = 0; i < 60; i++) {
                int shown = (int) samples.shownAt(i);
                assertThat(decodedAt[i]).isEqualTo(i - delay).isLessThanOrEqualTo(shown);
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
    void picturesThatLastForMoreThanATickAreShownWhereTheyWere() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        VideoSamples samples = read(
                fragments("-vf", "select='not(mod(n,20))+eq(n,3)+eq(n,38)'", "-fps_mode", "passthrough", "-bf", "0"),
                out);
        List<Long> shown = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            shown.add(samples.shownAt(i));
        }
        assertThat(shown).containsExactly(0L, 3L, 20L, 38L, 40L, 60L, 80L);
        long[] decodedAt = samples.decodedAt();
        assertThat(samples.delay()).isZero();
        for (int i = 0; i < samples.count(); i++) {
            assertThat(decodedAt[i]).isEqualTo(samples.shownAt(i));
        }
        samples.lastUntil(samples.ticks() + 12);
        assertThat(samples.ticks()).isEqualTo(samples.shownAt(samples.count() - 1) + 13);
        assertThatThrownBy(() -> samples.lastUntil(10)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsShownForLongIsDecodedNoEarlierThanItMustBe() {
        VideoSamples samples = new VideoSamples();
        long[] shownAt = {0, 50, 25, 26, 51, 53, 52};
        for (long at : shownAt) {
            samples.add(1, at == 0, at);
        }
        assertThat(samples.decodedAt()).containsExactly(0, 24, 25, 26, 50, 51, 52, 54);
        assertThat(samples.delay()).isZero();
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
