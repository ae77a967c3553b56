package org.everytake.peer;

import java.util.List;
import org.everytake.peer.media.Sender;
import org.everytake.peer.transport.Connection;
import org.everytake.wire.rtcp.RtcpPacket;
import org.jspecify.annotations.Nullable;

/** Ties media to a connection that is made after it. Called on the connection's loop. */
final class ConnectionSender implements Sender {
    private volatile @Nullable Connection connection;

    void over(Connection made) {
        connection = made;
    }

    @Override
    public void rtp(byte[] packet, int length) {
        Connection way = connection;
        if (way != null) {
            way.sendRtp(packet, length);
        }
    }

    @Override
    public void rtcp(List<RtcpPacket> packets) {
        Connection way = connection;
        if (way != null) {
            way.sendRtcp(packets);
        }
    }
}
