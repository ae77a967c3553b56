package org.everytake.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The short fuzzing of each build: valid inputs damaged at random, with a fixed seed, so that a failure comes again.
 * The long one is {@link ParserFuzzTest}.
 */
class ParserMutationTest {
    @Test
    void rtp() {
        run(Seeds.rtp(), ParserDemands::rtp, 30_000);
    }

    @Test
    void rtcp() {
        run(Seeds.rtcp(), ParserDemands::rtcp, 60_000);
    }

    @Test
    void stun() {
        run(Seeds.stun(), ParserDemands::stun, 30_000);
    }

    @Test
    void sdp() {
        run(Seeds.sdp(), ParserDemands::sdp, 1_500);
    }

    @Test
    void sdpFragment() {
        run(Seeds.sdpFragment(), ParserDemands::sdpFragment, 5_000);
    }

    @Test
    void vp8() {
        run(Seeds.vp8(), ParserDemands::vp8, 60_000);
    }

    @Test
    void vp9() {
        run(Seeds.vp9(), ParserDemands::vp9, 60_000);
    }

    @Test
    void h264Parameters() {
        run(Seeds.h264Parameters(), ParserDemands::h264Parameters, 30_000);
    }

    @Test
    void dependencyDescriptor() {
        run(Seeds.dependencyDescriptor(), ParserDemands::dependencyDescriptor, 30_000);
    }

    @Test
    void videoStream() {
        run(Seeds.videoStream(), ParserDemands::videoStream, 60_000);
    }

    @Test
    void opus() {
        run(Seeds.opus(), ParserDemands::opus, 60_000);
    }

    @Test
    void retransmission() {
        run(Seeds.retransmission(), ParserDemands::retransmission, 60_000);
    }

    @Test
    void redundantAudio() {
        run(Seeds.redundantAudio(), ParserDemands::redundantAudio, 60_000);
    }

    private static void run(List<byte[]> seeds, ParserDemands.Demand demand, int times) {
        Random random = new Random(20261101);
        int accepted = 0;
        for (int i = 0; i < times; i++) {
            byte[] input = seeds.get(random.nextInt(seeds.size()));
            for (int mutations = random.nextInt(4); mutations > 0; mutations--) {
                input = mutate(input, random);
            }
            accepted += accepts(demand, input) ? 1 : 0;
        }
        assertThat(accepted).as("of %d inputs some must still be valid", times).isGreaterThan(times / 10);
    }

    private static boolean accepts(ParserDemands.Demand demand, byte[] input) {
        try {
            demand.of(input);
            return true;
        } catch (Malformed refused) {
            assertThat(refused.offset()).isNotNegative();
            return false;
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("input " + Hex.of(input), e);
        }
    }

    private static byte[] mutate(byte[] input, Random random) {
        if (input.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = random.nextInt(input.length);
        byte[] output = input.clone();
        switch (random.nextInt(6)) {
            case 0 -> output[at] = (byte) random.nextInt();
            case 1 -> output[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> output[at] = new byte[] {0, 1, -1, 127, -128, '\n', ' ', ':'}[random.nextInt(8)];
            case 3 -> output = Arrays.copyOf(input, at);
            case 4 -> {
                int length = random.nextInt(Math.min(16, input.length - at) + 1);
                output = new byte[input.length + length];
                System.arraycopy(input, 0, output, 0, at + length);
                System.arraycopy(input, at, output, at + length, input.length - at);
            }
            default -> {
                int length = random.nextInt(Math.min(16, input.length - at) + 1);
                output = new byte[input.length - length];
                System.arraycopy(input, 0, output, 0, at);
                System.arraycopy(input, at + length, output, at, input.length - at - length);
            }
        }
        return output;
    }
}
