package org.everytake.tape.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.everytake.tape.Fixtures.KEY;
import static org.everytake.tape.Fixtures.OTHER_KEY;
import static org.everytake.tape.Fixtures.RECORDING;
import static org.everytake.tape.Fixtures.description;
import static org.everytake.tape.Fixtures.packet;
import static org.everytake.tape.Fixtures.started;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.everytake.tape.spool.Spool;
import org.everytake.tape.spool.SpoolListener;
import org.everytake.tape.spool.SpoolOptions;
import org.everytake.tape.spool.Take;
import org.everytake.tape.spool.Tape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentCheckTest {
    private static final int PACKETS = 100;

    @TempDir
    Path folder;

    /** The same segment: while it was written, and when it was sealed. */
    private Path open = Path.of("");

    private Path sealed = Path.of("");

    @BeforeEach
    void record() throws Exception {
        SpoolOptions options = new SpoolOptions(Duration.ofMillis(2), Duration.ofSeconds(10), 8 << 20, 16 << 20, 0);
        try (Spool spool = Spool.open(folder.resolve("spool"), options, SpoolListener.NONE)) {
            Tape tape = spool.create(KEY, started(RECORDING));
            Take take = tape.open(0, description(1));
            for (long sequence = 0; sequence < PACKETS; sequence++) {
                byte[] packet = packet(1, 0, sequence);
                take.append(0, sequence, sequence, packet, 0, packet.length);
                while (sequence % 10 == 9 && take.committed() <= sequence) {
                    Thread.onSpinWait();
                }
            }
            Path written = folder.resolve("spool").resolve(RECORDING);
            open = Files.copy(written.resolve("00000001.open"), folder.resolve("00000001.open"));
            tape.finish(PACKETS, "").get(60, TimeUnit.SECONDS);
            sealed = Files.copy(written.resolve("00000001.tape"), folder.resolve("00000001.tape"));
        }
    }

    @Test
    void aSealedSegmentIsWhole() throws Exception {
        SegmentCheck check = check(sealed);
        assertThat(check.state()).isEqualTo(SegmentCheck.State.WHOLE);
        assertThat(check.ordinal()).isEqualTo(1);
        assertThat(check.wholeBytes()).isEqualTo(Files.size(sealed));
        assertThat(check.damage()).isEmpty();
    }

    @Test
    void anOpenSegmentIsReadAsFarAsItIsWhole() throws Exception {
        long whole = Files.size(open);
        assertThat(check(open)).isEqualTo(new SegmentCheck("00000001.open", SegmentCheck.State.OPEN, 1, whole, none()));
        Files.write(open, new byte[333], StandardOpenOption.APPEND);
        assertThat(check(open)).isEqualTo(new SegmentCheck("00000001.open", SegmentCheck.State.OPEN, 1, whole, none()));
        Files.write(open, new byte[60], StandardOpenOption.TRUNCATE_EXISTING);
        assertThat(check(open)).isEqualTo(new SegmentCheck("00000001.open", SegmentCheck.State.OPEN, 0, 0, none()));
    }

    @Test
    void damageIsNamedWithItsPlaceAlsoInAnOpenSegment() throws Exception {
        for (Path each : new Path[] {open, sealed}) {
            flip(each, 10_000);
            SegmentCheck check = check(each);
            assertThat(check.state()).isEqualTo(SegmentCheck.State.DAMAGED);
            assertThat(check.damage()).hasSize(1);
            Damage damage = check.damage().getFirst();
            assertThat(damage.segment()).isEqualTo(each.getFileName().toString());
            assertThat(damage.offset()).isBetween(128L, 10_000L);
            assertThat(damage.what()).contains("is damaged");
        }
    }

    @Test
    void aSealedSegmentWithoutItsEndIsDamaged() throws Exception {
        byte[] bytes = Files.readAllBytes(sealed);
        Files.write(sealed, Arrays.copyOf(bytes, (int) Files.size(open)));
        assertThat(check(sealed).damage()).extracting(Damage::what).contains("the segment ends without its end mark");
        Path cut = Files.move(sealed, folder.resolve("00000001.cut.tape"));
        assertThat(check(cut).state()).isEqualTo(SegmentCheck.State.WHOLE);
    }

    @Test
    void aForeignSegmentIsNamedAsSuch() throws Exception {
        assertForeign(SegmentCheck.of(SegmentSource.of(sealed), "another", KEY), "is of recording " + RECORDING);
        assertForeign(SegmentCheck.of(SegmentSource.of(sealed), RECORDING, OTHER_KEY), "from another installation");
        Path renamed = Files.move(sealed, folder.resolve("00000007.tape"));
        assertForeign(check(renamed), "is number 1 under another name");
    }

    @Test
    void aHeaderThatCannotBeReadIsDamage() throws Exception {
        flip(sealed, 5);
        assertThat(check(sealed).state()).isEqualTo(SegmentCheck.State.DAMAGED);
        assertThat(check(sealed).damage()).extracting(Damage::what).containsExactly("the segment's header is damaged");
        assertThatThrownBy(() -> check(folder.resolve("00000002.tape"))).isInstanceOf(NoSuchFileException.class);
    }

    private static void assertForeign(SegmentCheck check, String why) {
        assertThat(check.state()).isEqualTo(SegmentCheck.State.FOREIGN);
        assertThat(check.ordinal()).isZero();
        assertThat(check.damage().getFirst().what()).contains(why);
    }

    private static SegmentCheck check(Path file) throws IOException {
        return SegmentCheck.of(SegmentSource.of(file), RECORDING, KEY);
    }

    private static List<Damage> none() {
        return List.of();
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }
}
