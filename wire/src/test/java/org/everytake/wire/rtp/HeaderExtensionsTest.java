package org.everytake.wire.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.everytake.wire.Hex;
import org.everytake.wire.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderExtensionsTest {
    private static RtpPacket packet(HeaderExtension... extensions) throws Malformed {
        byte[] out = new byte[100];
        int length =
                RtpWriter.write(out, 3, new RtpHeader(96, false, 1, 2, 3), List.of(extensions), new byte[] {1}, 0, 1);
        return new RtpPacket().wrap(out, 3, length);
    }

    @Test
    void transportWideSequenceNumbersAreReadAndSet() throws Malformed {
        RtpPacket packet = packet(TransportSequence.extension(5, 65536 + 65535));
        assertThat(Hex.of(packet.buffer())).contains("bede0001" + "51ffff00");
        assertThat(TransportSequence.read(packet, 5)).isEqualTo(65535);
        assertThat(TransportSequence.set(packet, 5, 65536)).isTrue();
        assertThat(TransportSequence.read(packet, 5)).isZero();
        assertThat(TransportSequence.read(packet, 4)).isEqualTo(-1);
        assertThat(TransportSequence.set(packet, 4, 1)).isFalse();
        assertThat(TransportSequence.read(packet(AbsoluteSendTime.extension(5, 0)), 5))
                .as("of another length")
                .isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 000000", //
        "1000000000, 040000", // one second
        "500000000, 020000",
        "63999999999, ffffff",
        "64000000000, 000000", // the wrap
        "-1, ffffff",
        "9223372036854775807, 136b4a" // 2^63 - 1 ns: 4.854775807 s into a cycle
    })
    void sendTimesAreSixBitsOfSecondsAndEighteenOfFraction(long nanos, String hex) throws Malformed {
        RtpPacket packet = packet(AbsoluteSendTime.extension(3, nanos));
        assertThat(Hex.of(packet.buffer())).contains("32" + hex);
        int time = AbsoluteSendTime.read(packet, 3);
        assertThat(time).isEqualTo(Integer.parseInt(hex, 16));
        assertThat(Math.floorMod(nanos, 64_000_000_000L) - AbsoluteSendTime.toNanos(time))
                .as("cut off, in ns")
                .isBetween(0L, 3815L);
        assertThat(AbsoluteSendTime.set(packet, 3, 2_000_000_000L)).isTrue();
        assertThat(AbsoluteSendTime.toNanos(AbsoluteSendTime.read(packet, 3))).isEqualTo(2_000_000_000L);
        assertThat(AbsoluteSendTime.read(packet, 2)).isEqualTo(-1);
    }

    @Test
    void audioLevelsSayWhetherThereIsSpeech() throws Malformed {
        RtpPacket packet = packet(AudioLevel.extension(1, true, 30), AudioLevel.extension(2, false, 500));
        int voice = AudioLevel.read(packet, 1);
        assertThat(voice).isEqualTo(0x80 | 30);
        assertThat(AudioLevel.isVoice(voice)).isTrue();
        assertThat(AudioLevel.level(voice)).isEqualTo(30);
        int silence = AudioLevel.read(packet, 2);
        assertThat(AudioLevel.isVoice(silence)).isFalse();
        assertThat(AudioLevel.level(silence)).isEqualTo(AudioLevel.SILENCE);
        assertThat(AudioLevel.read(packet, 3)).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({
        "00, false, false, 0",
        "01, false, false, 90",
        "02, false, false, 180",
        "03, false, false, 270",
        "09, true, false, 90",
        "0e, true, true, 180"
    })
    void orientationsAreFourBits(String hex, boolean back, boolean flipped, int degrees) throws Malformed {
        VideoOrientation orientation = new VideoOrientation(back, flipped, degrees);
        RtpPacket packet = packet(orientation.extension(4));
        assertThat(Hex.of(packet.buffer())).contains("bede0001" + "40" + hex + "0000");
        assertThat(VideoOrientation.of(VideoOrientation.read(packet, 4))).isEqualTo(orientation);
        assertThat(VideoOrientation.of(0xF0 | orientation.value())).isEqualTo(orientation);
        assertThat(VideoOrientation.read(packet, 5)).isEqualTo(-1);
    }

    @Test
    void thePathOfAPacketAllocatesNothing() throws Malformed {
        byte[] sentAgain = Hex.bytes("90610007 00000001 0000000b bede0002 51ffff 32010203 00 0009 ef0f00016faabb");
        byte[] buffer = new byte[100];
        RtpPacket packet = new RtpPacket();
        RedundantAudio red = new RedundantAudio();
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = path(packet, red, sentAgain, buffer, 1000);
        long before = threads.getCurrentThreadAllocatedBytes();
        sum += path(packet, red, sentAgain, buffer, 100_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(sum).isPositive();
        assertThat(allocated).as("bytes for 100,000 packets").isLessThan(100_000);
    }

    private static long path(RtpPacket packet, RedundantAudio red, byte[] sentAgain, byte[] buffer, int times)
            throws Malformed {
        long sum = 0;
        byte[] out = new byte[100];
        for (int i = 0; i < times; i++) {
            System.arraycopy(sentAgain, 0, buffer, 0, sentAgain.length);
            packet.wrap(buffer, 0, sentAgain.length);
            Retransmission.unwrap(packet, 63, 10);
            sum += TransportSequence.read(packet, 5) + AbsoluteSendTime.read(packet, 3);
            TransportSequence.set(packet, 5, i);
            AbsoluteSendTime.set(packet, 3, i);
            red.wrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength());
            sum += red.length(red.count() - 1) + Retransmission.write(out, 0, packet, 97, i, 11);
        }
        return sum;
    }

    @Test
    void noPictureIsTurnedBy45Degrees() {
        assertThatThrownBy(() -> new VideoOrientation(false, false, 45)).isInstanceOf(IllegalArgumentException.class);
        assertThat(VideoOrientation.UPRIGHT.value()).isZero();
    }
}
