package org.everytake.render.mp4;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.everytake.render.Chapter;
import org.everytake.render.Preset;

/**
 * Takes pieces apart again, so that {@link Mp4Writer} can put their pictures and sounds into one file without encoding
 * anything. Used once, by one thread.
 */
public final class PieceJoin {
    private final VideoSamples video = new VideoSamples();
    private final AudioSamples audio = new AudioSamples();

    /** @param beginning what the pieces begin with */
    public PieceJoin(byte[] beginning) throws IOException {
        video.decoderConfiguration(Beginning.decoderConfiguration(beginning));
    }

    /** Takes the next piece; its pictures and its sounds go on, back to back. */
    public void add(Piece piece, OutputStream pictures, OutputStream sounds) throws IOException {
        if (piece.firstTick() != video.ticks() || piece.firstFrame() != audio.count()) {
            throw new IOException("Piece " + piece.number() + " begins at tick " + piece.firstTick() + " and frame "
                    + piece.firstFrame() + ", where those before it end at " + video.ticks() + " and "
                    + audio.count() + ".");
        }
        for (CodedPicture picture : piece.pictures()) {
            pictures.write(picture.bytes());
            long shownAt = video.ticks();
            video.add(picture.bytes().length, picture.key(), shownAt);
            video.lastUntil(shownAt + picture.ticks());
        }
        for (byte[] sound : piece.sounds()) {
            sounds.write(sound);
            audio.add(sound.length);
        }
    }

    /** All of it. */
    public Movie movie(Preset preset, List<Chapter> chapters) {
        return new Movie(preset, video, audio, video.ticks() * preset.samplesPerTick(), chapters);
    }
}
