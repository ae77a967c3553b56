package org.everytake.bench.render;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.everytake.bench.Figure;
import org.everytake.render.Preset;
import org.everytake.render.RenderFault;
import org.everytake.tape.TapeFault;
import org.everytake.tape.read.SegmentSource;

/** A MOV and an MP3 of each of four people, beside one FFmpeg for each that makes both; and cameras as they were sent. */
final class Participants {
    private static final int PEOPLE = 4;
    private static final double MOST = 1.05;
    private static final double MOST_AS_SENT = 0.05;

    private final Workshop shop;

    Participants(Workshop shop) {
        this.shop = shop;
    }

    List<Figure> measure() throws IOException, TapeFault, RenderFault, InterruptedException {
        int seconds = shop.extent().seconds();
        shop.progress().accept("MOV and MP3 of " + PEOPLE + " people.");
        List<SegmentSource> tape = shop.taped("participants", PEOPLE, seconds, Workshop.NOTHING_LOST);
        List<Path> filmed = shop.filmed(PEOPLE);
        InTurn turn = InTurn.measure(shop.extent().pairs(), () -> ours(tape), () -> peer(filmed), shop.progress());
        List<String> ours = X264.settings(shop.ours().make("participant.mov", tape, Preset.PARTICIPANT, Filming.id(1)));
        List<String> theirs = X264.settings(shop.file("peer.mov"));
        if (!ours.equals(theirs)) {
            throw new IOException("The peer was to have the settings of ours: " + theirs + " is not " + ours);
        }
        return List.of(
                turn.figure("MOV and MP3 of 4 participants, " + seconds + " s, same settings", MOST), asSent(seconds));
    }

    /** Cameras that need no change. Of ours the file is an MP4 with the sound as it was sent, too. */
    private Figure asSent(int seconds) throws IOException, TapeFault, RenderFault, InterruptedException {
        List<Footage.Take> people = shop.footage().peopleInH264(PEOPLE);
        List<SegmentSource> tape = shop.taped("as-sent", people, seconds, Workshop.NOTHING_LOST);
        return InTurn.measure(
                        shop.extent().pairs(),
                        () -> {
                            for (int person = 1; person <= PEOPLE; person++) {
                                Path unused = shop.ours().move("as-sent", tape, Filming.id(person));
                            }
                        },
                        () -> {
                            for (Footage.Take person : people) {
                                OneProcess.mov(person.file(), seconds, shop.file("peer.mov"));
                            }
                        },
                        shop.progress())
                .figure("H.264 cameras of 4 as they were sent, beside a MOV of each, " + seconds + " s", MOST_AS_SENT);
    }

    private void ours(List<SegmentSource> tape) throws IOException, TapeFault, RenderFault, InterruptedException {
        for (int person = 1; person <= PEOPLE; person++) {
            shop.ours().make("participant.mov", tape, Preset.PARTICIPANT, Filming.id(person));
            shop.ours().make("participant.mp3", tape, Preset.SOUND, Filming.id(person));
        }
    }

    private void peer(List<Path> filmed) throws IOException {
        for (Path person : filmed) {
            OneProcess.participant(person, shop.extent().seconds(), shop.file("peer.mov"), shop.file("peer.mp3"));
        }
    }
}
