package org.everytake.render.remux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.everytake.wire.Malformed;
import org.everytake.wire.opus.OpusPacket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoundLineTest {
    private static final int PACKET = 960;
    private static final byte[] SENT = {(byte) 0xF8, 1, 2};

    @ParameterizedTest
    @ValueSource(ints = {-200, -50, 0, 50, 200})
    void aClockThatRunsAwayIsFollowedWithin10Milliseconds(int ppm) throws IOException {
        SoundLine line = new SoundLine(OutputStream.nullOutputStream());
        int count = 50 * 600;
        for (int n = 0; n < count; n++) {
            long start = Math.round(n * PACKET * (1 + ppm / 1e6));
            line.add(start, PACKET, SENT, 0, SENT.length);
            assertThat(line.position() - start - PACKET).isBetween(-480L - PACKET, 480L);
        }
        long most = Math.ceilDiv(Math.abs((long) ppm) * count * PACKET, 480 * 1_000_000L);
        assertThat(line.leftOut()).isBetween(0L, ppm < 0 ? most : 0);
        assertThat((long) line.samples().count() - (count - line.leftOut())).isBetween(0L, 2 * most);
    }

    @Test
    void whatIsMissingIsFilledToTheGrain() throws IOException {
        SoundLine line = new SoundLine(OutputStream.nullOutputStream());
        line.add(RATE_OF_AN_HOUR, PACKET, SENT, 0, SENT.length);
        assertThat(line.position()).isEqualTo(RATE_OF_AN_HOUR + PACKET);
        assertThat(line.samples().count()).isEqualTo((int) (RATE_OF_AN_HOUR / Silence.LONGEST_SAMPLES) + 1);
        line.add(RATE_OF_AN_HOUR + PACKET + 1000, PACKET, SENT, 0, SENT.length);
        assertThat(line.position()).isEqualTo(RATE_OF_AN_HOUR + PACKET + 960 + PACKET);
    }

    private static final long RATE_OF_AN_HOUR = 3600L * 48_000;

    @Test
    void aPacketThatComesWhereAnotherIsIsLeftOut() throws IOException {
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        SoundLine line = new SoundLine(piece);
        line.add(0, PACKET, SENT, 0, SENT.length);
        line.add(100, PACKET, SENT, 0, SENT.length);
        assertThat(line.leftOut()).isEqualTo(1);
        assertThat(piece.toByteArray()).isEqualTo(SENT);
    }

    @Test
    void eachLengthOfSilenceIsWhatItSays() throws Malformed {
        for (int wanted = Silence.GRAIN_SAMPLES; wanted < 6000; wanted += 60) {
            int samples = Silence.fitting(wanted);
            assertThat(samples).isLessThanOrEqualTo(wanted);
            byte[] packet = Silence.packet(samples);
            assertThat(OpusPacket.parse(packet, 0, packet.length).durationSamples())
                    .isEqualTo(samples);
        }
    }

    @Test
    void timesAreExactAfterDays() {
        long samples = 3L * 24 * 3600 * 48_000 + 7;
        assertThat(SoundLine.sample(SoundLine.nanos(samples))).isEqualTo(samples);
        assertThat(SoundLine.nanos(samples)).isEqualTo(259_200_000_145_833L);
    }
}
