package org.everytake.studio.main;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import org.everytake.studio.config.CannotStart;

/** Looks at the ports before anything slow is begun, so that a port in use is told at once. */
final class Ports {
    private Ports() {}

    static InetAddress address(String host) throws CannotStart {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new CannotStart("There is no address \"" + host + "\" to listen on; give one with --host.", e);
        }
    }

    /** The port itself, or a free one for 0. */
    static int tcp(InetAddress host, int port) throws CannotStart {
        return tcp(host, port, "--port");
    }

    private static int tcp(InetAddress host, int port, String flag) throws CannotStart {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw cannotListen("TCP port", flag, host, port, e);
        }
    }

    /** Those of all loops. */
    static void media(InetAddress host, int first, int loops, boolean withTcp) throws CannotStart {
        for (int port = first; first > 0 && port < first + loops; port++) {
            if (withTcp) {
                tcp(host, port, "--udp-port");
            }
            try (var socket = new DatagramSocket(new InetSocketAddress(host, port))) {
                socket.getLocalPort();
            } catch (SocketException e) {
                throw cannotListen("UDP port", "--udp-port", host, port, e);
            }
        }
    }

    static CannotStart cannotListen(String what, String flag, InetAddress host, int port, IOException cause) {
        String reason = String.valueOf(cause.getMessage());
        String sentence = reason.contains("already in use")
                ? "is in use by another program"
                : reason.contains("ermission") ? "is not allowed for this user" : "cannot be used: " + reason;
        return new CannotStart(
                what + " " + port + " of " + host.getHostAddress() + " " + sentence + "; choose another one with "
                        + flag + ".",
                cause);
    }
}
