package org.everytake.render.sound;

import org.everytake.render.Coding;
import org.everytake.wire.Malformed;

/** Makes samples at {@link #RATE} of the packets of one codec, one by one in their order. One thread. */
interface SoundDecoder {
    int RATE = 48_000;

    /** The most that one packet may give. */
    int MOST_SAMPLES = 5760;

    static SoundDecoder of(Coding coding) {
        return switch (coding) {
            case PCMU -> G711Sound.muLaw();
            case PCMA -> G711Sound.aLaw();
            default -> new OpusSound();
        };
    }

    /** By how many samples sound comes out later than a timestamp, which is that of what went into the encoder. */
    int lookAhead();

    /** What fits into a gap without a rest is a multiple of so many samples. */
    int smallestFrame();

    /** How many samples a packet holds. */
    int duration(byte[] buffer, int offset, int length) throws Malformed;

    /** Decodes a packet, and gives the count of samples. */
    int decode(byte[] buffer, int offset, int length, short[] samples) throws Malformed;

    /** Makes up so many samples in place of a packet that was lost. */
    int conceal(short[] samples, int count) throws Malformed;

    /**
     * As {@link #conceal}, from the packet that comes next, which may hold a copy of what is missing; it is decoded after
     * that.
     */
    int repair(byte[] buffer, int offset, int length, short[] samples, int count) throws Malformed;
}
