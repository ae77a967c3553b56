package org.everytake.render.sound;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.everytake.render.Clip;
import org.everytake.render.Voice;
import org.everytake.render.media.RtpReader;
import org.everytake.tape.read.TapeRecord;

/**
 * Mixes voices to one channel or two of signed 16 bits at 48 kHz, from session zero on. Runs through the tape once with some
 * packets of each voice in memory. One thread.
 */
public final class Mixer {
    private static final int BLOCKS_PER_WRITE = 40;

    /** Somebody, with what they have been heard with so far. */
    private static final class Heard {
        final String person;
        final Channel channel;
        final List<SoundTrack> tracks = new ArrayList<>();
        final Peaks peaks = new Peaks();

        Heard(String person, Channel channel) {
            this.person = person;
            this.channel = channel;
        }
    }

    /** Its voices are others' than those of the other one, so each is limited by itself. */
    private static final class Channel {
        final float[] block = new float[Limiter.BLOCK];
        final short[] limited = new short[Limiter.BLOCK];
        final Limiter limiter = new Limiter();

        void limit() {
            limiter.next(block, limited);
        }
    }

    private final List<Heard> voices = new ArrayList<>();
    private final Function<Clip, Iterator<TapeRecord>> media;
    private final List<Channel> channels = new ArrayList<>();
    private final Peaks peaks = new Peaks();
    private final float[] own = new float[Limiter.BLOCK];
    private long written;

    /**
     * @param channels how many
     * @param media the packets of a clip's stream in their order; asked for once a clip
     */
    public Mixer(int channels, List<Voice> voices, Function<Clip, Iterator<TapeRecord>> media) {
        for (int i = 0; i < channels; i++) {
            this.channels.add(new Channel());
        }
        this.media = media;
        follow(voices);
    }

    /** From now on the voices are these: those of before, of which more is known, and new ones. */
    public void follow(List<Voice> known) {
        for (Voice voice : known) {
            List<SoundTrack> tracks = heard(voice).tracks;
            for (Clip clip : voice.clips()) {
                tracks.stream()
                        .filter(track -> track.isOf(clip))
                        .findFirst()
                        .ifPresentOrElse(
                                track -> track.follow(clip),
                                () -> tracks.add(
                                        new SoundTrack(clip, new RtpReader(media.apply(clip), clip.format()))));
            }
        }
    }

    private Heard heard(Voice voice) {
        return voices.stream()
                .filter(heard -> heard.person.equals(voice.person()))
                .findFirst()
                .orElseGet(() -> {
                    voices.add(new Heard(voice.person(), channels.get(voice.channel())));
                    return voices.getLast();
                });
    }

    /**
     * Writes what follows up to a sample, little-endian, channel by channel. The number of samples must be a multiple of 240, but for the last
     * time.
     *
     * @param until since session zero
     * @param mixed hears how many are written
     */
    public void write(OutputStream out, long until, LongConsumer mixed) throws IOException {
        byte[] bytes = new byte[2 * channels.size() * Limiter.BLOCK * BLOCKS_PER_WRITE];
        int filled = 0;
        if (written == 0) {
            sum(0); // one block ahead
        }
        while (written < until) {
            sum(written + Limiter.BLOCK);
            int count = (int) Math.min(Limiter.BLOCK, until - written);
            measure(count);
            for (int c = 0; c < channels.size(); c++) {
                interleave(channels.get(c).limited, count, bytes, filled + 2 * c);
            }
            filled += 2 * channels.size() * count;
            written += count;
            if (filled == bytes.length || written == until) {
                out.write(bytes, 0, filled);
                filled = 0;
                mixed.accept(written);
            }
        }
    }

    private void interleave(short[] samples, int count, byte[] into, int from) {
        int step = 2 * channels.size();
        for (int i = 0, at = from; i < count; i++, at += step) {
            into[at] = (byte) samples[i];
            into[at + 1] = (byte) (samples[i] >> 8);
        }
    }

    /** What was missing or repaired so far, a sentence each. */
    public List<String> remarks() {
        long concealed = tracks().mapToLong(SoundTrack::concealedSamples).sum();
        long undecodable = tracks().mapToLong(SoundTrack::undecodable).sum();
        List<String> remarks = new ArrayList<>();
        if (concealed > 0) {
            remarks.add("Sound of " + concealed * 1000 / SoundDecoder.RATE + " ms was lost on the way and made up.");
        }
        if (undecodable > 0) {
            remarks.add(undecodable + " packets of sound could not be decoded.");
        }
        return remarks;
    }

    private Stream<SoundTrack> tracks() {
        return voices.stream().flatMap(heard -> heard.tracks.stream());
    }

    /**
     * The shape of what was written so far.
     *
     * @param order in which the voices are told
     */
    public Waveform waveform(List<Voice> order) {
        return new Waveform(
                peaks,
                order.stream()
                        .map(voice -> new Waveform.Voiced(voice.person(), voice.name(), heard(voice).peaks))
                        .toList(),
                written);
    }

    private void measure(int count) {
        int low = Short.MAX_VALUE;
        int high = Short.MIN_VALUE;
        for (Channel channel : channels) {
            for (int i = 0; i < count; i++) {
                low = Math.min(low, channel.limited[i]);
                high = Math.max(high, channel.limited[i]);
            }
        }
        peaks.add(low, high, count);
    }

    /** Hands the next block to the limiters. */
    private void sum(long start) {
        channels.forEach(channel -> Arrays.fill(channel.block, 0));
        for (Heard heard : voices) {
            Arrays.fill(own, 0);
            heard.tracks.forEach(track -> track.addTo(own, start));
            heard.peaks.startAt(start);
            addOwn(heard);
        }
        channels.forEach(Channel::limit);
    }

    private void addOwn(Heard heard) {
        float low = own[0];
        float high = own[0];
        for (int i = 0; i < own.length; i++) {
            low = Math.min(low, own[i]);
            high = Math.max(high, own[i]);
            heard.channel.block[i] += own[i];
        }
        heard.peaks.add(low, high, own.length);
    }
}
