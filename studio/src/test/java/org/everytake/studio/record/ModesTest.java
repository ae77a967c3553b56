package org.everytake.studio.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.everytake.peer.clip.Clip;
import org.everytake.studio.db.Database;
import org.everytake.studio.db.TestDatabase;
import org.everytake.studio.library.Recording;
import org.everytake.studio.library.Rendition;
import org.everytake.studio.library.SessionMode;
import org.everytake.studio.library.TakeFacts;
import org.everytake.studio.signal.Attendee;
import org.everytake.studio.signal.Await;
import org.everytake.tape.Event;
import org.everytake.tape.Kind;
import org.everytake.tape.read.RecordedTake;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.TapeRecord;
import org.everytake.tape.spool.SpoolOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a call reaches the tape in the modes in which only sound is recorded. */
class ModesTest {
    private static final RecorderOptions OPTIONS = new RecorderOptions(
            Duration.ofSeconds(60),
            Duration.ofMillis(50),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofMillis(200),
            Duration.ofMinutes(2));

    @TempDir
    Path folder;

    private Database database;
    private RecordingStage stage;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.fresh();
        stage = new RecordingStage(
                        database, folder, OPTIONS, SpoolOptions.standard().withReserveBytes(0))
                .begin();
    }

    @AfterEach
    void close() {
        stage.close();
        database.close();
    }

    @Test
    void CAP_3_noPictureReachesTheTapeThoughAClientCallsItSound() throws Exception {
        Clip clip = RecordingStage.clip("0x2060C0", 440);
        Attendee anna = stage.join("Anna").publish(clip);
        Attendee bo = stage.join("Bo").publishLying(RecordingStage.clip("0xC06020", 660));

        UUID id = stage.start("Talk", SessionMode.AUDIO_SHOW_VIDEO);
        awaitSent(anna, 300);
        awaitSent(bo, 300);
        // Somebody who comes while it is recorded, and lies, too.
        Attendee cleo = stage.join("Cleo").publishLying(clip);
        Await.until("Cleo's sound and picture are there", () -> sends(cleo.person()) == 2);
        awaitSent(cleo, 300);
        Recording stopped = stage.recorder.stop(id, "stopped by Anna");

        try (RecordedTape tape = stage.tapes.open(id)) {
            assertThat(tape.damage()).isEmpty();
            assertThat(tape.journal())
                    .filteredOn(stamped -> stamped.event() instanceof Event.TakeOpened)
                    .hasSize(3);
            for (RecordedTake take : tape.takes()) {
                assertThat(take.description().source().kind()).isEqualTo(Kind.MICROPHONE);
                assertThat(take.description().codecs())
                        .allSatisfy(codec -> assertThat(codec.name()).isEqualToIgnoringCase("opus"));
                int opus = take.description().codecs().getFirst().payloadType();
                for (var stream : take.description().streams()) {
                    for (TapeRecord packet : take.records(stream.stream())) {
                        assertThat(packet.bytes()[1] & 0x7F).isEqualTo(opus);
                    }
                }
            }
        }
        assertThat(stopped.mode()).isEqualTo(SessionMode.AUDIO_SHOW_VIDEO);
        assertThat(stage.takes.takes(id)).extracting(TakeFacts::kind).containsOnly("microphone");
        assertThat(stage.renditions.of(id))
                .extracting(Rendition::kind)
                .containsOnly(Rendition.Kind.MIX, Rendition.Kind.PARTICIPANT_SOUND, Rendition.Kind.RAW)
                .hasSize(5);
        assertThat(stage.renditions.of(id))
                .extracting(Rendition::name)
                .allMatch(name -> name.endsWith(".mp3") || name.equals("Talk.tar.gz"));
    }

    private int sends(String person) {
        return stage.call.room(RecordingStage.SESSION).people().join().stream()
                .filter(state -> state.person().equals(person))
                .mapToInt(state -> state.sends().size())
                .sum();
    }

    private static void awaitSent(Attendee attendee, int more) {
        int before = attendee.peer().log().size();
        Await.until(more + " more packets", () -> attendee.peer().log().size() >= before + more);
    }
}
