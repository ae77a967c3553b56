package org.everytake.peer.media;

import java.util.List;
import org.everytake.wire.rtcp.RtcpPacket;

/** What media needs of a connection: the way out. Called on the connection's loop. */
public interface Sender {
    /** Sends a copy of a packet. */
    void rtp(byte[] packet, int length);

    void rtcp(List<RtcpPacket> packets);
}
