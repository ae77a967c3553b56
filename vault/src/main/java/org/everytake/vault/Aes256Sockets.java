package org.everytake.vault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** TLS sockets as the JDK makes them, which offer nothing but suites of AES-256 in GCM. Any thread. */
final class Aes256Sockets extends SSLSocketFactory {
    private final SSLSocketFactory sockets = (SSLSocketFactory) SSLSocketFactory.getDefault();
    private final String[] suites = Arrays.stream(sockets.getDefaultCipherSuites())
            .filter(suite -> suite.contains("_AES_256_GCM_"))
            .toArray(String[]::new);

    private Socket strict(Socket socket) {
        ((SSLSocket) socket).setEnabledCipherSuites(suites);
        return socket;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return suites.clone();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return suites.clone();
    }

    @Override
    public Socket createSocket() throws IOException {
        return strict(sockets.createSocket());
    }

    @Override
    public Socket createSocket(Socket under, String host, int port, boolean autoClose) throws IOException {
        return strict(sockets.createSocket(under, host, port, autoClose));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return strict(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return strict(sockets.createSocket(host, port, from, fromPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return strict(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        return strict(sockets.createSocket(host, port, from, fromPort));
    }
}
