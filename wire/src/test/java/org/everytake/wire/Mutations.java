package org.everytake.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Short fuzzing: valid inputs damaged at random, with a fixed seed, so that a failure comes again. */
public final class Mutations {
    private static final byte[] TELLING = {0, 1, -1, 127, -128, '\n', ' ', ':'};

    private Mutations() {}

    /** Tries {@link Fuzzed#rounds} inputs, a quarter of them whole, and returns how many were taken. */
    public static int taken(Fuzzed fuzzed) {
        Random random = new Random(20261101);
        List<byte[]> seeds = fuzzed.seeds();
        int taken = 0;
        for (int i = 0; i < fuzzed.rounds(); i++) {
            byte[] input = seeds.get(random.nextInt(seeds.size()));
            for (int mutations = random.nextInt(4); mutations > 0; mutations--) {
                input = mutate(input, random);
            }
            taken += takes(fuzzed, input) ? 1 : 0;
        }
        return taken;
    }

    private static boolean takes(Fuzzed fuzzed, byte[] input) {
        try {
            return fuzzed.takes(input.clone());
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(fuzzed.name() + " of " + Hex.of(input), e);
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
            case 2 -> output[at] = TELLING[random.nextInt(TELLING.length)];
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
