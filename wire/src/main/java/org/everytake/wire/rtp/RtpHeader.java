package org.everytake.wire.rtp;

/**
 * The fixed fields of an RTP packet that is to be written; the layout is above {@link RtpPacket}.
 *
 * @param payloadType 0 to 127
 * @param sequenceNumber of which the low 16 bits are written
 * @param timestamp of which the low 32 bits are written
 * @param ssrc of which the low 32 bits are written
 */
public record RtpHeader(int payloadType, boolean marker, long sequenceNumber, long timestamp, long ssrc) {
    public RtpHeader {
        if (payloadType < 0 || payloadType > 127) {
            throw new IllegalArgumentException("payload type " + payloadType);
        }
    }
}
