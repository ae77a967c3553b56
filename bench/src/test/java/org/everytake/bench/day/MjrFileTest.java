package org.everytake.bench.day;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.everytake.peer.clip.Clip;
import org.everytake.wire.rtp.RtpHeader;
import org.everytake.wire.rtp.RtpWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two and a half minutes of sound, 20 ms a packet, whose numbers and timestamps roll over. */
class MjrFileTest {
    private static final int PACKETS = 7_500;
    private static final int CLIP = 300;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream file = new DataOutputStream(bytes);

    @BeforeEach
    void begin() throws IOException {
        file.writeBytes("MJR00002");
        file.writeShort(2);
        file.writeBytes("{}");
    }

    /** A hum that is coded alike, but for three packets of each three hundred. */
    private static byte[] payload(int number) {
        int place = number % CLIP;
        return new byte[] {1, (byte) (place < 3 ? 10 + place : 0)};
    }

    private static List<Clip.Unit> clip() {
        return IntStream.range(0, CLIP)
                .mapToObj(place -> new Clip.Unit(place * 960L, payload(place), true))
                .toList();
    }

    private void packet(int number, int lateMillis, byte[] payload) throws IOException {
        byte[] packet = new byte[12 + payload.length];
        RtpHeader header =
                new RtpHeader(111, false, 65_000 + number & 0xFFFF, 0xFFFF_FF00L + number * 960L & 0xFFFF_FFFFL, 7);
        RtpWriter.write(packet, 0, header, List.of(), payload, 0, payload.length);
        file.writeBytes("MEET");
        file.writeInt(number * 20 + lateMillis);
        file.writeShort(packet.length);
        file.write(packet);
    }

    private MjrFile read(SoundOrder order) throws IOException {
        Path path = Files.write(folder.resolve("sound.mjr"), bytes.toByteArray());
        return MjrFile.read(path, 48_000, 0, order);
    }

    @Test
    void whatIsWholeReadsAsWhole() throws IOException {
        for (int number = 0; number < PACKETS; number++) {
            packet(number, number < 10 ? 400 : 0, payload(number + 17));
        }
        SoundOrder order = new SoundOrder(clip());
        MjrFile read = read(order);
        assertThat(read.packets()).isEqualTo(PACKETS);
        assertThat(read.jumps()).isZero();
        assertThat(read.seconds()).isCloseTo((PACKETS - 1) * 0.02, within(1e-9));
        assertThat(read.worstMillis()).isCloseTo(0, within(1e-6));
        assertThat(read.sha256()).hasSize(64);
        assertThat(order.wrong()).isZero();
    }

    @Test
    void whatIsMissingLateOrOutOfOrderIsSeen() throws IOException {
        for (int number = 0; number < PACKETS; number++) {
            if (number != 5_000) {
                packet(number, number == 6_000 ? 90 : 0, payload(number < 7_000 ? number : number + 1));
            }
        }
        SoundOrder order = new SoundOrder(clip());
        MjrFile read = read(order);
        assertThat(read.jumps()).isEqualTo(1);
        assertThat(read.worstMillis()).isCloseTo(90, within(1e-6));
        assertThat(order.wrong()).isEqualTo(2);
    }

    @Test
    void whatIsNoSuchFileIsSaid() throws IOException {
        file.writeBytes("MEAT");
        assertThatThrownBy(() -> read(new SoundOrder(clip())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("MEAT");
    }
}
