package org.everytake.render.sound;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import org.everytake.wire.Malformed;
import org.everytake.wire.opus.OpusPacket;

/** Opus, which conceals losses itself and may carry copies of what was before (RFC 6716, section 2.1.7). One thread. */
final class OpusSound implements SoundDecoder {
    /**
     * What comes out of a decoder lags behind what went into the encoder by its look-ahead: 2.5 ms of overlap and 4 ms
     * to align its two coders (libopus, {@code OPUS_GET_LOOKAHEAD}).
     */
    private static final int LOOK_AHEAD = 312;

    private static final int SMALLEST_FRAME = 120;

    private final OpusDecoder decoder;

    OpusSound() {
        try {
            this.decoder = new OpusDecoder(RATE, 1);
        } catch (OpusException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int lookAhead() {
        return LOOK_AHEAD;
    }

    @Override
    public int smallestFrame() {
        return SMALLEST_FRAME;
    }

    @Override
    public int duration(byte[] buffer, int offset, int length) throws Malformed {
        return OpusPacket.parse(buffer, offset, length).durationSamples();
    }

    @Override
    public int decode(byte[] buffer, int offset, int length, short[] samples) throws Malformed {
        try {
            return decoder.decode(buffer, offset, length, samples, 0, samples.length, false);
        } catch (OpusException e) {
            throw unusable(e);
        }
    }

    @Override
    public int conceal(short[] samples, int count) throws Malformed {
        try {
            return decoder.decode(null, 0, 0, samples, 0, count, false);
        } catch (OpusException e) {
            throw unusable(e);
        }
    }

    @Override
    public int repair(byte[] buffer, int offset, int length, short[] samples, int count) throws Malformed {
        try {
            return decoder.decode(buffer, offset, length, samples, 0, count, true);
        } catch (OpusException e) {
            throw unusable(e);
        }
    }

    private static Malformed unusable(OpusException e) {
        return new Malformed("Opus packet", 0, String.valueOf(e.getMessage()));
    }
}
