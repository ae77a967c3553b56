package org.everytake.wire.rtp;

/**
 * The header extension with the transport-wide sequence number, which counts all packets of a transport
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01, section 2).
 *
 * <pre>
 * |  ID   | len=1 | transport-wide sequence number|
 * </pre>
 */
public final class TransportSequence {
    private static final int LENGTH = 2;

    private TransportSequence() {}

    /** 0 to 65535, or -1 if the packet has none. */
    public static int read(RtpPacket packet, int id) {
        return (int) packet.extensionNumber(id, LENGTH);
    }

    /** Overwrites it in place; false if the packet has none. */
    public static boolean set(RtpPacket packet, int id, long sequence) {
        return RtpWriter.setExtensionNumber(packet, id, LENGTH, sequence);
    }

    /**
     * @param sequence of which the low 16 bits are written
     */
    public static HeaderExtension extension(int id, long sequence) {
        return HeaderExtension.number(id, LENGTH, sequence);
    }
}
