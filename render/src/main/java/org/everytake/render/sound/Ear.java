package org.everytake.render.sound;

import org.everytake.render.Coding;
import org.everytake.render.media.RtpCursor;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtp.AudioLevel;
import org.everytake.wire.rtp.RedundantAudio;

/** Hears how loud packets of sound are that don't say so themselves. Takes those of one stream in order. One thread. */
public final class Ear {
    private static final double FULL_SCALE = 32_768;

    private final SoundDecoder decoder;
    private final RedundantAudio redundant = new RedundantAudio();
    private final short[] pcm = new short[SoundDecoder.MOST_SAMPLES];

    public Ear(Coding coding) {
        decoder = SoundDecoder.of(coding);
    }

    /** The level of a packet's sound in dB below full scale, 0 to {@link AudioLevel#SILENCE}, which noise has, too. */
    public int level(RtpCursor at) {
        byte[] buffer = at.packet().buffer();
        int offset = at.packet().payloadOffset();
        int length = at.packet().payloadLength();
        try {
            if (at.isRedundant()) {
                redundant.wrap(buffer, offset, length);
                offset = redundant.offset(redundant.count() - 1);
                length = redundant.length(redundant.count() - 1);
            }
            return length == 0 ? AudioLevel.SILENCE : level(decoder.decode(buffer, offset, length, pcm));
        } catch (Malformed | RuntimeException e) {
            return AudioLevel.SILENCE; // the network's fault; the decoder's own checks are not all of one kind
        }
    }

    private int level(int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += (double) pcm[i] * pcm[i];
        }
        double rootMeanSquare = Math.sqrt(sum / Math.max(1, count)) / FULL_SCALE;
        return rootMeanSquare == 0
                ? AudioLevel.SILENCE
                : (int) Math.clamp(Math.round(-20 * Math.log10(rootMeanSquare)), 0, AudioLevel.SILENCE);
    }
}
