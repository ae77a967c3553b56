package org.everytake.call.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.everytake.call.Datagrams;
import org.everytake.wire.DatagramKind;

/** What is demanded of a session with keys whatever comes: a failure that is counted, or a packet that fits its buffer. */
public final class SrtpDemands {
    private static final int MOST_SOURCES = 4;
    private static final byte[] PACKET = {(byte) 0x80, 96, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 2, 3};
    private static final byte[] REPORT = {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 1};

    private SrtpDemands() {}

    private static SrtpSession session(SrtpProfile profile, boolean client) {
        byte[] material = new byte[SrtpKeys.materialBytes(profile)];
        new Random(7).nextBytes(material);
        return new SrtpSession(SrtpKeys.split(profile, material, client), MOST_SOURCES, MOST_SOURCES);
    }

    /** Of each profile two packets and a report, so that a number is repeated in the third. */
    public static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (SrtpProfile profile : SrtpProfile.values()) {
            try (SrtpSession client = session(profile, true)) {
                byte[] packet = Arrays.copyOf(PACKET, PACKET.length + SrtpSession.OVERHEAD_BYTES);
                byte[] sent = Arrays.copyOf(packet, client.protect(packet, 0, PACKET.length));
                byte[] report = Arrays.copyOf(REPORT, REPORT.length + SrtpSession.OVERHEAD_BYTES);
                byte[] reported = Arrays.copyOf(report, client.protectControl(report, 0, REPORT.length));
                seeds.add(Datagrams.join(List.of(sent, reported, sent)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
        return seeds;
    }

    /** Datagrams, as {@link Datagrams} has them, to a session of each profile; whether one was authentic. */
    public static boolean packets(byte[] input) {
        boolean isTaken = false;
        for (SrtpProfile profile : SrtpProfile.values()) {
            try (SrtpSession server = session(profile, false)) {
                for (byte[] datagram : Datagrams.of(input)) {
                    isTaken |= takes(server, datagram);
                }
            }
        }
        return isTaken;
    }

    private static boolean takes(SrtpSession server, byte[] datagram) {
        int plain = switch (DatagramKind.of(datagram, 0, datagram.length)) {
            case RTP -> server.unprotect(datagram, 0, datagram.length);
            case RTCP -> server.unprotectControl(datagram, 0, datagram.length);
            default -> -1;
        };
        assertThat(plain).isLessThanOrEqualTo(datagram.length);
        return plain >= 0;
    }
}
