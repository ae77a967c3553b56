package org.everytake.studio.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelUdpTest {
    private static final String HEAD =
            "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer"
                    + " drops\n";

    @TempDir
    Path folder;

    private static String socket(String address, long drops) {
        return "  123: " + address + " 00000000:0000 07 00000000:00000000 00:00000000 00000000  0   0 1 2 00 " + drops
                + "\n";
    }

    @Test
    void dropsOfAPortAreThoseOfAllItsSockets() throws IOException {
        Files.writeString(folder.resolve("udp"), HEAD + socket("0100007F:C350", 7) + socket("0100007F:0035", 100));
        Files.writeString(folder.resolve("udp6"), HEAD + socket("00000000000000000000000000000000:C350", 5));

        assertThat(new KernelUdp(folder).dropped(List.of(50_000))).contains(12L);
        assertThat(new KernelUdp(folder).dropped(List.of(53))).contains(100L);
        assertThat(new KernelUdp(folder).dropped(List.of(53, 50_000)))
                .as("of all loops")
                .contains(112L);
        assertThat(new KernelUdp(folder).dropped(List.of(1))).isEmpty();
    }

    @Test
    void errorsOfTheMachineAreOfBothProtocols() throws IOException {
        Files.writeString(folder.resolve("snmp"), """
                Tcp: RcvbufErrors
                Tcp: 99
                Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors
                Udp: 1262181 12901 3 1275947 2 0
                UdpLite: InDatagrams RcvbufErrors
                UdpLite: 0 50
                """);
        Files.writeString(folder.resolve("snmp6"), "Udp6InErrors  \t8\nUdp6RcvbufErrors                \t4\n");

        assertThat(new KernelUdp(folder).bufferErrors()).contains(6L);
    }

    @Test
    void whereTheKernelDoesNotSayItIsNotKnown() throws IOException {
        assertThat(new KernelUdp(folder).dropped(List.of(50_000))).isEmpty();
        assertThat(new KernelUdp(folder).bufferErrors()).isEmpty();
        Files.writeString(folder.resolve("snmp"), "Udp: InDatagrams\nUdp: 1\nUdp: 2\n");
        Files.writeString(
                folder.resolve("udp"),
                HEAD + "rubbish\n\n" + socket("0100007F:C350", 1).replace("1\n", "x\n"));
        assertThat(new KernelUdp(folder).bufferErrors()).isEmpty();
        assertThat(new KernelUdp(folder).dropped(List.of(50_000))).contains(0L);
    }

    @Test
    void itIsRememberedWhenDropsWereLastSeenToGrow() throws IOException {
        var now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
        var drops = new ReceiveDrops(new KernelUdp(folder), List.of(50_000), now::get);
        assertThat(drops.look()).isEqualTo(new ReceiveDrops.Seen(java.util.Optional.empty(), null));
        Files.writeString(folder.resolve("udp"), HEAD + socket("0100007F:C350", 0));
        assertThat(drops.look().last()).isNull();
        Files.writeString(folder.resolve("udp"), HEAD + socket("0100007F:C350", 3));
        assertThat(drops.look().last()).isEqualTo(now.get());
        Instant then = now.getAndUpdate(time -> time.plusSeconds(60));
        assertThat(drops.look()).isEqualTo(new ReceiveDrops.Seen(java.util.Optional.of(3L), then));
    }
}
