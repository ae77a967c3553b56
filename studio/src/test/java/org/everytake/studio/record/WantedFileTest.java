package org.everytake.studio.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.everytake.render.raw.RawFormat;
import org.everytake.studio.library.Rendition;
import org.everytake.studio.library.RenditionFormat;
import org.everytake.studio.library.SessionMode;
import org.everytake.studio.library.TakeFacts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WantedFileTest {
    private static TakeFacts take(int number, String person, String kind, long packets) {
        return new TakeFacts(number, person, kind, "", 0, 1000L, "stopped", packets, 0);
    }

    private static List<WantedFile> wanted(TakeFacts... takes) {
        return wanted(null, SessionMode.VIDEO, takes);
    }

    private static List<WantedFile> wanted(@Nullable RawFormat raw, SessionMode mode, TakeFacts... takes) {
        Map<String, String> people = new LinkedHashMap<>();
        people.put("a", "Anna");
        people.put("b", "anna");
        people.put("c", "Talk");
        return WantedFile.of("Talk", mode, new TapeFacts(people, List.of(takes), 1_000_000_000), raw);
    }

    @Test
    void REN_1_REN_5_soundIsWantedOfAllTogetherAndOfEachWhoSentSome() {
        List<WantedFile> files = wanted(
                take(1, "a", "microphone", 50),
                take(2, "b", "microphone", 0),
                take(3, "b", "camera", 9),
                take(4, "c", "microphone", 1));

        assertThat(files)
                .extracting(WantedFile::name)
                .containsExactly(
                        "Talk.mp4", "Anna.mov", "anna (2).mov", "Talk.mov", "Talk.mp3", "Anna.mp3", "Talk (2).mp3");
        assertThat(files)
                .filteredOn(file -> file.format() == RenditionFormat.MP3)
                .extracting(WantedFile::kind)
                .containsExactly(
                        Rendition.Kind.MIX, Rendition.Kind.PARTICIPANT_SOUND, Rendition.Kind.PARTICIPANT_SOUND);
        assertThat(files).extracting(WantedFile::person).containsExactly(null, "a", "b", "c", null, "a", "c");
    }

    @Test
    void REN_2_anArchiveIsWantedOfEveryRecordingAndBeforeAllElse() {
        for (SessionMode mode : SessionMode.values()) {
            WantedFile archive =
                    wanted(RawFormat.ZIP, mode, take(1, "a", "microphone", 50)).getFirst();
            assertThat(archive).isEqualTo(new WantedFile(Rendition.Kind.RAW, RenditionFormat.ZIP, null, "Talk.zip"));
        }
        assertThat(wanted(RawFormat.TAR_GZ, SessionMode.VIDEO, take(1, "a", "camera", 50)))
                .extracting(WantedFile::name)
                .containsExactly("Talk.tar.gz", "Talk.mp4", "Anna.mov");
    }

    @Test
    void withoutAnySoundThereIsNoFileOfSound() {
        assertThat(wanted(take(1, "a", "camera", 50)))
                .extracting(WantedFile::kind)
                .containsExactly(Rendition.Kind.COMPOSITE, Rendition.Kind.PARTICIPANT);
    }
}
