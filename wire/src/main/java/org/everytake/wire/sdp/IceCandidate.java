package org.everytake.wire.sdp;

import java.util.Locale;
import org.everytake.wire.Malformed;
import org.jspecify.annotations.Nullable;

/**
 * {@code a=candidate:1 1 udp 2130706431 192.0.2.1 7000 typ host} (RFC 8839, section 5.1).
 *
 * @param component 1 for RTP (and, multiplexed, RTCP), 2 for RTCP
 * @param transport {@code udp} or {@code tcp}, in the case in which it came
 * @param address an IP address, or a name such as mDNS candidates have; not resolved
 * @param type {@code host}, {@code srflx}, {@code prflx} or {@code relay}
 * @param extensions the rest of the line as it came, without the blank before it; empty if nothing
 */
public record IceCandidate(
        String foundation,
        int component,
        String transport,
        long priority,
        String address,
        int port,
        String type,
        String extensions)
        implements SdpAttribute {

    /** The TCP types of RFC 6544: who connects. */
    public static final String ACTIVE = "active";

    public static final String PASSIVE = "passive";
    public static final String SIMULTANEOUS_OPEN = "so";

    static final String NAME = "candidate";
    private static final String TCP_TYPE = "tcptype";

    /** A host candidate of component 1 over UDP. */
    public static IceCandidate host(String foundation, long priority, String address, int port) {
        return new IceCandidate(foundation, 1, "udp", priority, address, port, "host", "");
    }

    /**
     * A host candidate of component 1 over TCP (RFC 6544, section 4.5).
     *
     * @param tcpType {@link #ACTIVE} (with port 9), {@link #PASSIVE} or {@link #SIMULTANEOUS_OPEN}
     */
    public static IceCandidate tcpHost(String foundation, long priority, String address, int port, String tcpType) {
        return new IceCandidate(foundation, 1, "tcp", priority, address, port, "host", TCP_TYPE + " " + tcpType);
    }

    /**
     * RFC 8445, section 5.1.2.1.
     *
     * @param typePreference 126 for host, 110 for peer reflexive
     * @param localPreference 0 to 65535
     */
    public static long priority(int typePreference, int localPreference, int component) {
        return (long) typePreference << 24 | (long) localPreference << 8 | (256 - component);
    }

    /**
     * From what browsers call a candidate: the attribute without {@code a=}.
     *
     * @param candidate beginning with {@code candidate:}
     */
    public static IceCandidate parse(String candidate) throws Malformed {
        Text text = new Text(NAME, candidate, 0);
        if (!text.skip(NAME + ":")) {
            throw text.malformed("does not begin with candidate:");
        }
        return parse(text);
    }

    static IceCandidate parse(Text text) throws Malformed {
        String foundation = text.until(' ');
        int component = text.integer(' ', 1, 256);
        String transport = text.until(' ');
        long priority = text.number(' ', 0, 0xFFFFFFFFL);
        String address = text.until(' ');
        int port = text.integer(' ', 0, 65535);
        if (!text.skip("typ ")) {
            throw text.malformed("no type");
        }
        String type = text.contains(' ') ? text.until(' ') : text.rest();
        return new IceCandidate(
                foundation, component, transport, priority, address, port, type, text.isEmpty() ? "" : text.rest());
    }

    public boolean isUdp() {
        return transport.toLowerCase(Locale.ROOT).equals("udp");
    }

    public boolean isTcp() {
        return transport.toLowerCase(Locale.ROOT).equals("tcp");
    }

    /** Who connects, null if it is not said: {@link #ACTIVE}, {@link #PASSIVE} or {@link #SIMULTANEOUS_OPEN}. */
    public @Nullable String tcpType() {
        return extension(TCP_TYPE);
    }

    /** The value of an extension such as {@code raddr} or {@code ufrag}, null if there is none of that name. */
    public @Nullable String extension(String name) {
        String[] words = extensions.split(" ", -1);
        for (int i = 0; i + 1 < words.length; i += 2) {
            if (words[i].equals(name)) {
                return words[i + 1];
            }
        }
        return null;
    }

    @Override
    public String key() {
        return NAME;
    }

    @Override
    public String value() {
        return foundation + " " + component + " " + transport + " " + priority + " " + address + " " + port + " typ "
                + type + (extensions.isEmpty() ? "" : " " + extensions);
    }
}
