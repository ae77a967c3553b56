package org.everytake.render.mp4;

import java.util.ArrayList;
import java.util.List;

/** Which samples lie beside which: a second of picture, then a second of sound, and so on. */
final class Interleaving {
    /** A run of samples of one track that lie back to back. */
    record Run(boolean video, int first, int count, long bytes) {}

    private Interleaving() {}

    static List<Run> of(Movie movie) {
        List<Run> runs = new ArrayList<>();
        int perSecond = movie.preset().framesPerSecond();
        int picture = 0;
        int sound = 0;
        for (long second = 1;
                picture < movie.video().count() || sound < movie.audio().count();
                second++) {
            int untilPicture = picture;
            while (untilPicture < movie.video().count() && movie.video().shownAt(untilPicture) < second * perSecond) {
                untilPicture++;
            }
            // the priming frame comes before the first second
            long untilSound = (second * Movie.AUDIO_RATE + AudioSamples.PRIMING_SAMPLES) / AudioSamples.FRAME_SAMPLES;
            if (picture == movie.video().count()) {
                untilSound = movie.audio().count();
            }
            int untilFrame = (int) Math.min(movie.audio().count(), untilSound);
            if (untilPicture > picture) {
                long bytes = 0;
                for (int i = picture; i < untilPicture; i++) {
                    bytes += movie.video().size(i);
                }
                runs.add(new Run(true, picture, untilPicture - picture, bytes));
                picture = untilPicture;
            }
            if (untilFrame > sound) {
                long bytes = 0;
                for (int i = sound; i < untilFrame; i++) {
                    bytes += movie.audio().size(i);
                }
                runs.add(new Run(false, sound, untilFrame - sound, bytes));
                sound = untilFrame;
            }
        }
        return runs;
    }
}
