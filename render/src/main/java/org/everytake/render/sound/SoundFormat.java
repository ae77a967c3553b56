package org.everytake.render.sound;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.everytake.render.flac.FlacFrames;
import org.everytake.render.flac.FlacReader;
import org.everytake.render.mp3.Mp3Frames;
import org.everytake.render.mp3.Mp3Reader;
import org.everytake.render.mp4.AdtsReader;
import org.everytake.render.mp4.AudioSamples;

/**
 * How mixed sound is coded.
 *
 * @param arguments what FFmpeg is told of its output, but for the bit rate
 * @param reader takes what FFmpeg writes
 */
public record SoundFormat<S extends CodedSound>(List<String> arguments, Reader<S> reader) {
    /** AAC, frames without headers. */
    public static final SoundFormat<AudioSamples> AAC =
            new SoundFormat<>(List.of("-c:a", "aac", "-f", "adts"), AdtsReader::read);

    /** MP3 of one bit rate. Tag and information frame are ours: FFmpeg would have to go back for them, and can't in a pipe. */
    public static final SoundFormat<Mp3Frames> MP3 = new SoundFormat<>(
            List.of("-c:a", "libmp3lame", "-write_xing", "0", "-id3v2_version", "0", "-f", "mp3"), Mp3Reader::read);

    /** Opus in packets of 20 ms. */
    public static final SoundFormat<OpusPackets> OPUS = new SoundFormat<>(
            List.of("-c:a", "libopus", "-frame_duration", "20", "-vbr", "on", "-f", "ogg"), OpusReader::read);

    /** FLAC, which loses nothing. */
    public static final SoundFormat<FlacFrames> FLAC =
            new SoundFormat<>(List.of("-c:a", "flac", "-f", "ogg"), FlacReader::read);

    public SoundFormat {
        arguments = List.copyOf(arguments);
    }

    /** Reads an encoder's output to its end; the frames go to a piece, back to back. */
    @FunctionalInterface
    public interface Reader<S extends CodedSound> {
        S read(InputStream coded, OutputStream piece) throws IOException;
    }
}
