package org.everytake.tape.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.everytake.tape.Event;
import org.everytake.tape.Fixtures;
import org.everytake.tape.Kind;
import org.everytake.tape.Mute;
import org.everytake.tape.Person;
import org.everytake.tape.Snapshot;
import org.everytake.tape.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodecTest {
    static Stream<Event> events() {
        Event.SenderReported report =
                new Event.SenderReported(3, 65_535, -1L, 0xFFFF_FFFFL, 0xFFFF_FFFEL, 0x8000_0000L);
        Snapshot snapshot = new Snapshot(
                List.of(new Person("a", "Ä\u0000\uD83C\uDFA4"), new Person("", "")),
                List.of(new Mute("a", Kind.SCREEN)),
                List.of(report),
                17);
        return Stream.of(
                new Event.RecordingStarted(
                        "r", "s", "title", Instant.parse("1969-12-31T23:59:59.999999999Z"), snapshot),
                new Event.PersonJoined("anna", "Anna"),
                new Event.PersonLeft("x".repeat(65_535)),
                new Event.SourceMuted("anna", Kind.MICROPHONE, true),
                new Event.SourceMuted("anna", Kind.MEDIA, false),
                new Event.TakeOpened(Integer.MAX_VALUE, new Source("anna", Kind.CAMERA, "front")),
                new Event.TakeClosed(1, "left"),
                report,
                new Event.PacketsDropped(1, 2, Long.MAX_VALUE),
                new Event.Interrupted(""),
                new Event.RecordingStopped("somebody pressed Stop"),
                new Event.UnknownEvent(0xFFFF, new byte[] {0, 1, 2}));
    }

    @ParameterizedTest
    @MethodSource("events")
    void eventsComeBack(Event event) throws Exception {
        byte[] bytes = EventCodec.encode(event);
        assertThat(EventCodec.decode(bytes, 0, bytes.length)).isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("events")
    void fieldsThatANewerProgramAddedAreLeftAlone(Event event) throws Exception {
        byte[] bytes = EventCodec.encode(event);
        byte[] longer = new FieldWriter()
                .u16((bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF)
                .u32(bytes.length - EventCodec.HEADER_BYTES + 3)
                .raw(java.util.Arrays.copyOfRange(bytes, EventCodec.HEADER_BYTES, bytes.length))
                .raw(new byte[] {9, 9, 9})
                .bytes();
        Event read = EventCodec.decode(longer, 0, longer.length);
        if (!(event instanceof Event.UnknownEvent)) {
            assertThat(read).isEqualTo(event);
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void cutOrChangedEventsAreDamagedOrOthersNeverACrash(Event event) {
        byte[] bytes = EventCodec.encode(event);
        Random random = new Random(5);
        int step = Math.max(1, bytes.length / 200);
        for (int length = 0; length < bytes.length; length += step) {
            byte[] cut = java.util.Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> EventCodec.decode(cut, 0, cut.length)).isInstanceOf(Damaged.class);
            byte[] changed = bytes.clone();
            changed[random.nextInt(Math.min(bytes.length, 300))] = (byte) random.nextInt();
            survives(() -> EventCodec.decode(changed, 0, changed.length));
        }
    }

    @Test
    void aKindFromTheFutureMakesTheEventUnknown() throws Exception {
        byte[] muted = EventCodec.encode(new Event.SourceMuted("a", Kind.CAMERA, true));
        muted[EventCodec.HEADER_BYTES + 3] = 99;
        assertThat(EventCodec.decode(muted, 0, muted.length)).isInstanceOf(Event.UnknownEvent.class);
    }

    @Test
    void descriptionsComeBackAndNeverCrash() throws Exception {
        byte[] bytes = DescriptionCodec.encode(Fixtures.description(5));
        assertThat(DescriptionCodec.decode(bytes, 0, bytes.length)).isEqualTo(Fixtures.description(5));
        Random random = new Random(6);
        for (int i = 0; i < 5000; i++) {
            byte[] changed = bytes.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            int length = random.nextInt(changed.length + 1);
            survives(() -> DescriptionCodec.decode(changed, 0, length));
        }
    }

    @Test
    void noiseIsNoHeader() {
        Random random = new Random(7);
        byte[] noise = new byte[SegmentHeader.BYTES];
        for (int i = 0; i < 5000; i++) {
            random.nextBytes(noise);
            assertThatThrownBy(() -> SegmentHeader.decode(noise)).isInstanceOf(Damaged.class);
            assertThat(BatchHeader.decode(noise, random.nextInt(noise.length))).isNull();
            survives(() -> EventCodec.decode(noise, 0, noise.length));
            survives(() -> EndMark.decode(noise));
        }
    }

    @Test
    void aTextThatIsTooLongIsTheCallersFault() {
        Event event = new Event.PersonLeft("x".repeat(65_536));
        assertThatThrownBy(() -> EventCodec.encode(event)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNonceIsUsedOnce() {
        SegmentSeal seal = SegmentSeal.create(Fixtures.KEY, "r", 1, new byte[SegmentHeader.SALT_BYTES]);
        byte[] out = new byte[200];
        seal.seal(0, 1, 0, List.of(), out);
        seal.seal(1, 1, 0, List.of(), out);
        assertThatThrownBy(() -> seal.seal(1, 1, 0, List.of(), out)).isInstanceOf(IllegalStateException.class);
    }

    private interface Decoding {
        Object run() throws Damaged;
    }

    private static void survives(Decoding decoding) {
        try {
            assertThat(decoding.run()).isNotNull();
        } catch (Damaged e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }
}
